package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.provider.Stopping;
import io.keyfront.crds.KeyfrontSettingsSpec.Capabilities;
import io.keyfront.crds.KeyfrontSettingsSpec.ProviderSettings;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.crds.ProviderCredentialSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the provider table: the catalog, custom providers by credential, changes by settings. */
final class ProviderPlanner {
  private final Map<String, Provider> catalog = ProviderCatalog.builtIn();
  private final Map<String, Provider> table = new LinkedHashMap<>(catalog);
  private final Endpoints endpoints;
  private final Findings findings;

  ProviderPlanner(Endpoints endpoints, Findings findings) {
    this.endpoints = endpoints;
    this.findings = findings;
  }

  /** A credential whose provider is known, and the address it overrides. */
  record Placed(Resource.Credential credential, Optional<URI> endpoint) {}

  /**
   * @param table name to provider
   * @param placed the credentials whose provider is known
   */
  record Providers(Map<String, Provider> table, List<Placed> placed) {

    /** What to write where a provider is unknown. */
    String choices() {
      return "write one of " + String.join(", ", table.keySet());
    }
  }

  Providers plan(List<Resource.Credential> credentials, Optional<Resource.Settings> settings) {
    List<Placed> placed = new ArrayList<>();
    for (Resource.Credential credential : credentials) {
      place(credential).ifPresent(placed::add);
    }
    settings.ifPresent(this::change);
    return new Providers(Collections.unmodifiableMap(table), List.copyOf(placed));
  }

  private Optional<Placed> place(Resource.Credential credential) {
    ProviderCredentialSpec spec = credential.spec();
    boolean known =
        catalog.containsKey(spec.provider())
            ? isRightForCatalog(credential)
            : isWholeCustom(credential);
    if (!known) {
      return Optional.empty();
    }
    if (spec.endpoint() == null) {
      return Optional.of(new Placed(credential, Optional.empty()));
    }
    Optional<URI> endpoint = endpoints.check(credential, "spec.endpoint", spec.endpoint());
    return endpoint
        .filter(address -> enter(credential, address))
        .map(address -> new Placed(credential, endpoint));
  }

  private boolean isRightForCatalog(Resource.Credential credential) {
    String provider = credential.spec().provider();
    if (provider.equals(Provider.MOCK)) {
      findings.error(
          credential,
          Reason.NO_EFFECT,
          "spec.provider",
          "the mock needs no credential",
          "remove this resource");
      return false;
    }
    if (credential.spec().protocol() != null) {
      findings.error(
          credential,
          Reason.INVALID,
          "spec.protocol",
          "is for custom providers; the catalog knows what " + provider + " speaks",
          "remove it, or choose another provider name");
      return false;
    }
    return true;
  }

  private boolean isWholeCustom(Resource.Credential credential) {
    ProviderCredentialSpec spec = credential.spec();
    if (ProviderCredentialSpec.RESERVED.contains(spec.provider())) {
      findings.error(
          credential,
          Reason.INVALID,
          "spec.provider",
          "'" + spec.provider() + "' is a path of the proxy itself",
          "choose another name");
      return false;
    }
    if (spec.endpoint() == null || spec.protocol() == null) {
      findings.error(
          credential,
          Reason.UNKNOWN_PROVIDER,
          "spec.provider",
          "'" + spec.provider() + "' is not in the catalog",
          "write one of "
              + String.join(", ", catalog.keySet())
              + ", or give endpoint and protocol of a provider of your own");
      return false;
    }
    return true;
  }

  /** Whether a custom provider agrees with the one of its name, which the oldest one makes. */
  private boolean enter(Resource.Credential credential, URI endpoint) {
    ProviderCredentialSpec spec = credential.spec();
    if (spec.protocol() == null) {
      return true;
    }
    Protocol protocol = Protocol.byId(spec.protocol()).orElseThrow();
    Provider made = ProviderCatalog.custom(spec.provider(), endpoint, protocol);
    Provider first = table.putIfAbsent(spec.provider(), made);
    if (first != null && !first.bases().equals(made.bases())) {
      findings.error(
          credential,
          Reason.CONFLICT,
          "spec.protocol",
          "another credential says that '" + spec.provider() + "' speaks something else",
          "write the same protocol in both, or choose another provider name");
      return false;
    }
    return true;
  }

  private void change(Resource.Settings settings) {
    List<ProviderSettings> changes = settings.spec().providers();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < changes.size(); i++) {
      change(settings, changes.get(i), "spec.providers[" + i + "]", seen);
    }
  }

  private void change(
      Resource.Settings settings, ProviderSettings change, String field, Set<String> seen) {
    String name = change.name();
    Provider provider = table.get(name);
    if (provider == null) {
      findings.error(
          settings,
          Reason.UNKNOWN_PROVIDER,
          field + ".name",
          "'" + name + "' is no provider",
          "write one of " + String.join(", ", table.keySet()));
    } else if (!seen.add(name)) {
      findings.error(
          settings,
          Reason.CONFLICT,
          field + ".name",
          "'" + name + "' stands twice",
          "keep one of the two");
    } else {
      Provider placed = withEndpoint(settings, change, field, provider);
      table.put(
          name,
          withCapabilities(placed, change.capabilities())
              .withLimits(LimitsSpec.limits(change.limits(), change.budget())));
    }
  }

  private Provider withEndpoint(
      Resource.Settings settings, ProviderSettings change, String field, Provider provider) {
    if (change.endpoint() == null) {
      return provider;
    }
    if (provider.isMock() || !catalog.containsKey(provider.name())) {
      findings.error(
          settings,
          Reason.NO_EFFECT,
          field + ".endpoint",
          provider.isMock()
              ? "the mock has no address"
              : "a custom provider's address is that of each credential",
          "remove it");
      return provider;
    }
    return endpoints
        .check(settings, field + ".endpoint", change.endpoint())
        .map(provider::withEndpoint)
        .orElse(provider);
  }

  private static Provider withCapabilities(Provider provider, @Nullable Capabilities able) {
    if (able == null) {
      return provider;
    }
    Boolean takes = able.streamOptions();
    Provider told = takes == null ? provider : provider.withStreamOptions(takes);
    Long rate = able.maxTokensPerSecond();
    return rate == null ? told : told.withStopping(new Stopping(rate));
  }
}
