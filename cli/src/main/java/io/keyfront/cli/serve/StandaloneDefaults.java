package io.keyfront.cli.serve;

import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.console.desk.TokenName;
import io.keyfront.core.provider.Provider;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.ModelAliasSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a standalone server has without being told: the demo token and the offline alias. */
public final class StandaloneDefaults {
  /** The demo token. */
  public static final TokenName DEMO = new TokenName(Metadata.DEFAULT_NAMESPACE, "demo");

  private static final String ALIAS = "offline";
  private static final String DEMO_NOTE = "Made by keyfront serve to try things out.";

  private StandaloneDefaults() {}

  /**
   * The resources to add to the user's own, whose names win.
   *
   * @param own the user's resources
   * @param environmentProviders the providers whose keys the environment holds
   */
  public static List<Resource> beside(
      List<Resource> own, Set<String> environmentProviders, boolean demoRevoked) {
    List<Resource> defaults = new ArrayList<>();
    if (!hasToken(own, DEMO)) {
      defaults.add(demo(environmentProviders, demoRevoked));
    }
    if (isOffline(own, environmentProviders) && !reroutesAll(own)) {
      defaults.add(offline());
    }
    return defaults;
  }

  /** Whether no provider's key is anywhere. */
  static boolean isOffline(List<Resource> own, Set<String> environmentProviders) {
    return environmentProviders.isEmpty()
        && own.stream().noneMatch(Resource.Credential.class::isInstance);
  }

  private static boolean hasToken(List<Resource> own, TokenName name) {
    return own.stream()
        .filter(Resource.Token.class::isInstance)
        .map(Resource::metadata)
        .anyMatch(
            metadata ->
                metadata.namespace().equals(name.namespace())
                    && metadata.name().equals(name.name()));
  }

  /** An alias of the user's that catches every model, or has the name of ours. */
  private static boolean reroutesAll(List<Resource> own) {
    return own.stream()
        .flatMap(
            resource ->
                resource instanceof Resource.Alias alias ? Stream.of(alias) : Stream.empty())
        .filter(alias -> alias.metadata().namespace().equals(Metadata.DEFAULT_NAMESPACE))
        .anyMatch(
            alias ->
                alias.metadata().name().equals(ALIAS)
                    || (alias.spec().match().model().equals("*")
                        && alias.spec().match().provider() == null));
  }

  private static Resource demo(Set<String> environmentProviders, boolean revoked) {
    List<String> scopes =
        Stream.concat(Stream.of(Provider.MOCK), environmentProviders.stream().sorted())
            .map(provider -> provider + ":*")
            .toList();
    MachineTokenSpec spec =
        new MachineTokenSpec(
            MachineTokenSpec.OPAQUE,
            null,
            null,
            null,
            scopes,
            null,
            null,
            null,
            List.of(),
            revoked,
            DEMO_NOTE,
            null,
            null);
    return new Resource.Token(Metadata.of(DEMO.namespace(), DEMO.name()), spec, Origin.NONE);
  }

  private static Resource offline() {
    ModelAliasSpec spec =
        new ModelAliasSpec(
            new ModelAliasSpec.Match("*", null),
            List.of(new ModelAliasSpec.Target(Provider.MOCK, null, 1, 0)));
    return new Resource.Alias(Metadata.of(Metadata.DEFAULT_NAMESPACE, ALIAS), spec, Origin.NONE);
  }
}
