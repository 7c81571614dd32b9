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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
    var endpoints = new Endpoints(inputs.rules().loopbackAllowed(), findings);

    var settingsPlanner = new SettingsPlanner(inputs, secrets, findings);
    Optional<Resource.Settings> chosen = settingsPlanner.choose(resources.settings());
    Providers providers =
        new ProviderPlanner(endpoints, findings).plan(resources.credentials(), chosen);
    Settings settings = settingsPlanner.plan(chosen, providers.table().keySet(), endpoints);
    List<Credential> credentials = new CredentialPlanner(inputs, secrets, findings).plan(providers);
    List<AliasRule> aliases =
        new AliasPlanner(inputs.rules(), providers, findings).plan(resources.aliases());
    List<TokenPlan> tokens =
        new TokenPlanner(inputs, secrets, findings).plan(resources.tokens(), providers);

    Map<TokenHash, TokenPolicy> policies = policies(tokens, settings.defaultLimits());
    Function<String, Snapshot> snapshot =
        digest -> new Snapshot(digest, policies, credentials, aliases, providers.table(), settings);
    String digest = SnapshotDigest.of(snapshot.apply(""));
    return new Compilation(snapshot.apply(digest), findings.sorted(), tokens);
  }

  private static Map<TokenHash, TokenPolicy> policies(List<TokenPlan> tokens, Limits defaults) {
    Map<TokenHash, TokenPolicy> policies = new HashMap<>();
    for (TokenPlan token : tokens) {
      var policy = new TokenPolicy(identity(token, defaults), token.revoked());
      token.hashes().forEach(hash -> policies.put(hash, policy));
    }
    return policies;
  }

  private static Identity identity(TokenPlan token, Limits defaults) {
    return new Identity(
        token.uid(),
        token.namespace(),
        token.name(),
        token.format(),
        token.scope(),
        token.expiresAt(),
        token.cidrs(),
        token.limits().orElse(defaults),
        Optional.empty());
  }
}
