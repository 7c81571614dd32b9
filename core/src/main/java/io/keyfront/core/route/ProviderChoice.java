package io.keyfront.core.route;

import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Target;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.Identity;
import java.util.List;
import java.util.Optional;

/** Finds the provider of a call whose path names none ({@code /v1/chat/completions}). */
public final class ProviderChoice {
  private static final String OPENROUTER = "openrouter";

  private ProviderChoice() {}

  /** What was found. */
  public sealed interface Choice {
    /** Exactly one provider can be meant. */
    record One(String provider) implements Choice {}

    /** More than one; the choices are those that could serve the call. */
    record Unclear(List<String> choices) implements Choice {}
  }

  /**
   * Among the providers that speak the protocol, have a credential for the token, and are in its
   * scope with this model: the only one, else the vendor that the model's name gives away; for a
   * list of models the protocol's home. Where there is none at all, or an alias decides anyway, the
   * vendor or else the home all the same, so that aliases apply and messages name it.
   *
   * @param model empty for a list of models
   */
  public static Choice choose(
      Snapshot snapshot, Identity identity, Protocol protocol, String model) {
    if (model.startsWith(Provider.MOCK)) {
      return new Choice.One(Provider.MOCK);
    }
    List<String> able =
        snapshot.providers().values().stream()
            .filter(provider -> !provider.isMock() && provider.speaks(protocol))
            .map(Provider::name)
            .filter(name -> snapshot.hasCredential(identity.namespace(), name))
            .filter(name -> inScope(identity, name, model))
            .toList();
    if (able.size() == 1) {
      return new Choice.One(able.getFirst());
    }
    Optional<String> vendor = vendor(snapshot, protocol, model);
    String home = ProviderCatalog.homeOf(protocol.dialect());
    if (able.isEmpty() || aliasDecides(snapshot, identity, model)) {
      return new Choice.One(vendor.orElse(home));
    }
    return (model.isEmpty() ? Optional.of(home) : vendor)
        .filter(able::contains)
        .<Choice>map(Choice.One::new)
        .orElseGet(() -> new Choice.Unclear(able));
  }

  /** Whether an alias replaces whichever provider is chosen. */
  private static boolean aliasDecides(Snapshot snapshot, Identity identity, String model) {
    return snapshot.aliases().stream()
        .filter(rule -> rule.provider().isEmpty())
        .anyMatch(rule -> rule.matches(identity.namespace(), "", model));
  }

  private static boolean inScope(Identity identity, String provider, String model) {
    return model.isEmpty()
        ? identity.scope().reaches(provider)
        : identity.scope().allows(new Target(provider, model));
  }

  private static Optional<String> vendor(Snapshot snapshot, Protocol protocol, String model) {
    Optional<String> named =
        model.indexOf('/') > 0 ? Optional.of(OPENROUTER) : ProviderCatalog.vendorOf(model);
    return named.filter(
        name -> snapshot.provider(name).filter(p -> p.speaks(protocol)).isPresent());
  }
}
