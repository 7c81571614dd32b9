package io.keyfront.cli.serve;

import io.keyfront.cli.home.StoredToken;
import io.keyfront.cli.home.TokenBook;
import io.keyfront.compiler.Inputs;
import io.keyfront.compiler.Rules;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.finding.Severity;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.compiler.resource.ResourceUid;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.Validity;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.BudgetSpec;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.crds.MachineTokenSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings together what the compiler needs for a standalone server: the user's files, the home
 * folder's tokens, the environment and the defaults.
 *
 * @param declared the resources of the user's files, with the defaults beside them
 */
record StandaloneInputs(List<Resource> declared, TokenBook book, Environment environment) {

  static StandaloneInputs of(FolderResources files, TokenBook book, Environment environment) {
    List<Resource> declared = new ArrayList<>(files.resources());
    declared.addAll(
        StandaloneDefaults.beside(
            files.resources(),
            environment.providerKeys().keySet(),
            book.demoRevokedAt().isPresent()));
    return new StandaloneInputs(List.copyOf(declared), book, environment);
  }

  /** Every token that the files or the defaults declare. */
  Set<TokenName> declaredTokens() {
    return names(declared.stream().filter(Resource.Token.class::isInstance).toList());
  }

  /** Those of them that have a plaintext made for them, instead of adopting one. */
  Set<TokenName> tokensToMint() {
    return names(
        declared.stream()
            .filter(
                resource ->
                    resource instanceof Resource.Token token && token.spec().tokenFrom() == null)
            .toList());
  }

  private static Set<TokenName> names(List<Resource> tokens) {
    return tokens.stream()
        .map(Resource::metadata)
        .map(metadata -> new TokenName(metadata.namespace(), metadata.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * What to compile.
   *
   * @param plaintexts of the declared tokens that have one made for them
   */
  Inputs inputs(Map<TokenName, SecretText> plaintexts) {
    List<Resource> resources = new ArrayList<>(declared);
    Map<String, List<TokenHash>> minted = new HashMap<>();
    Map<String, Instant> createdAt = new HashMap<>();
    Map<TokenName, String> uids = declaredUids();
    plaintexts.forEach(
        (name, text) ->
            minted.put(uids.getOrDefault(name, uid(name)), List.of(TokenHash.of(text.reveal()))));
    book.firstSeen().forEach((name, at) -> createdAt.put(uids.getOrDefault(name, uid(name)), at));
    Set<TokenName> taken = declaredTokens();
    for (StoredToken token : book.tokens().values()) {
      if (!taken.contains(token.name())) {
        resources.add(resource(token));
        minted.put(uid(token.name()), List.of(token.hash()));
        createdAt.put(uid(token.name()), token.createdAt());
      }
    }
    return Inputs.of(resources, Rules.STANDALONE)
        .withMinted(minted)
        .withCreatedAt(createdAt)
        .withEnvironmentKeys(environment.providerKeys())
        .withIssuers(environment.sessions(), environment.admins());
  }

  /** Tokens of the admin API that a file declares too. */
  List<Finding> shadowed() {
    return declared.stream()
        .filter(Resource.Token.class::isInstance)
        .filter(
            resource ->
                book.tokens()
                    .containsKey(
                        new TokenName(resource.metadata().namespace(), resource.metadata().name())))
        .map(StandaloneInputs::shadow)
        .toList();
  }

  private static Finding shadow(Resource resource) {
    return new Finding(
        Severity.WARNING,
        Reason.CONFLICT,
        resource.origin().source(),
        Optional.of(resource.id()),
        "metadata.name",
        "a token of this name was made by the admin API and does not work while this one is declared",
        "give this one another name if the other is still needed");
  }

  private static Resource resource(StoredToken token) {
    Metadata metadata =
        new Metadata(
            token.name().namespace(),
            token.name().name(),
            token.spec().labels(),
            Map.of(),
            Optional.of(token.createdAt()),
            Optional.empty());
    MachineTokenSpec spec =
        new MachineTokenSpec(
            MachineTokenSpec.OPAQUE,
            null,
            null,
            null,
            token.spec().scope().patterns(),
            null,
            token.validity().map(Validity::expiresAt).map(Instant::toString).orElse(null),
            null,
            token.spec().cidrs().blocks().stream().map(Object::toString).toList(),
            token.revokedAt().isPresent(),
            token.spec().note(),
            LimitsSpec.of(token.spec().limits()),
            token.spec().limits().budget().map(BudgetSpec::of).orElse(null));
    return new Resource.Token(metadata, spec, Origin.NONE);
  }

  /** A declared token may carry a UID of its own. */
  private Map<TokenName, String> declaredUids() {
    Map<TokenName, String> uids = new HashMap<>();
    for (Resource resource : declared) {
      if (resource instanceof Resource.Token token) {
        uids.putIfAbsent(
            new TokenName(token.metadata().namespace(), token.metadata().name()), token.uid());
      }
    }
    return uids;
  }

  private static String uid(TokenName name) {
    return ResourceUid.of(Kind.MACHINE_TOKEN, name.namespace(), name.name());
  }
}
