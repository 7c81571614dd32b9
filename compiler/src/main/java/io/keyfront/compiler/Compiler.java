package io.keyfront.compiler;

import io.keyfront.compiler.ProviderPlanner.Providers;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compiles resources into the snapshot that a proxy works from. A resource that is wrong is refused
 * alone, with a finding; it never takes others down but those that refer to it.
 */
public final class Compiler {
  private Compiler() {}

  /** Equal inputs, in any order, give an equal digest. */
  public static Compilation compile(Inputs inputs) {
    var findings = new Findings();
    ResourceSet resources = ResourceSet.of(inputs, findings);
    var secrets = new Secrets(resources.secrets(), findings);
    CommonCompilation common = common(inputs, resources, secrets, findings);
    TokenCompilation tokens = tokens(inputs, resources, secrets, common, findings);

    Function<String, Snapshot> snapshot =
        digest ->
            new Snapshot(
                digest,
                tokens.policies(),
                common.credentials(),
                common.aliases(),
                common.providers(),
                common.settings());
    String digest = SnapshotDigest.of(snapshot.apply(""));
    return new Compilation(snapshot.apply(digest), findings.sorted(), tokens.tokens());
  }

  /** Everything but the tokens; those among the inputs are passed over. */
  public static CommonCompilation common(Inputs inputs) {
    var findings = new Findings();
    ResourceSet resources = ResourceSet.of(inputs, findings);
    return common(inputs, resources, new Secrets(resources.secrets(), findings), findings);
  }

  /**
   * Only the tokens, so that a change of one need not compile a hundred thousand: all that claim
   * one thing (a Secret's name, a plaintext) must be among the inputs together, with the Secrets
   * they refer to.
   */
  public static TokenCompilation tokens(Inputs inputs, CommonCompilation common) {
    var findings = new Findings();
    ResourceSet resources = ResourceSet.of(inputs, findings);
    var secrets = new Secrets(resources.secrets(), findings);
    return tokens(inputs, resources, secrets, common, findings);
  }

  private static CommonCompilation common(
      Inputs inputs, ResourceSet resources, Secrets secrets, Findings findings) {
    var endpoints = new Endpoints(inputs.rules().loopbackAllowed(), findings);
    var settingsPlanner = new SettingsPlanner(inputs, secrets, findings);
    Optional<Resource.Settings> chosen = settingsPlanner.choose(resources.settings());
    Providers providers =
        new ProviderPlanner(endpoints, findings).plan(resources.credentials(), chosen);
    Settings settings = settingsPlanner.plan(chosen, providers.table().keySet(), endpoints);
    List<Credential> credentials = new CredentialPlanner(inputs, secrets, findings).plan(providers);
    List<AliasRule> aliases =
        new AliasPlanner(inputs.rules(), providers, findings).plan(resources.aliases());
    return new CommonCompilation(
        providers.table(), credentials, aliases, settings, findings.sorted());
  }

  private static TokenCompilation tokens(
      Inputs inputs,
      ResourceSet resources,
      Secrets secrets,
      CommonCompilation common,
      Findings findings) {
    var providers = new Providers(common.providers(), List.of());
    List<TokenPlan> tokens =
        new TokenPlanner(inputs, secrets, findings).plan(resources.tokens(), providers);
    return new TokenCompilation(
        policies(tokens, common.settings().defaultLimits(), inputs.plaintextEnds()),
        tokens,
        findings.sorted());
  }

  private static Map<TokenHash, TokenPolicy> policies(
      List<TokenPlan> tokens, Limits defaults, Map<TokenHash, Instant> ends) {
    Map<TokenHash, TokenPolicy> policies = new HashMap<>();
    for (TokenPlan token : tokens) {
      for (TokenHash hash : token.hashes()) {
        Optional<Instant> end = earlier(token.expiresAt(), Optional.ofNullable(ends.get(hash)));
        policies.put(hash, new TokenPolicy(identity(token, defaults, end), token.revoked()));
      }
    }
    return policies;
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  private static Identity identity(TokenPlan token, Limits defaults, Optional<Instant> expiresAt) {
    return new Identity(
        token.uid(),
        token.namespace(),
        token.name(),
        token.format(),
        token.scope(),
        expiresAt,
        token.cidrs(),
        token.limits().orElse(defaults),
        Optional.empty());
  }
}
