package io.keyfront.operator.check;

import static java.util.Objects.requireNonNull;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.operator.plan.Upstream;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Credentials as the compiler makes them. */
final class Upstreams {
  static final String KEY = "sk-fake-checked-key";

  private Upstreams() {}

  static Upstream of(String provider) {
    return of(requireNonNull(ProviderCatalog.builtIn().get(provider)), Optional.<URI>empty(), KEY);
  }

  static Upstream at(String provider, String endpoint) {
    return at(provider, endpoint, KEY);
  }

  static Upstream at(String provider, String endpoint, String key) {
    Provider known = requireNonNull(ProviderCatalog.builtIn().get(provider));
    return of(known, Optional.of(URI.create(endpoint)), key);
  }

  static Upstream custom(String endpoint, Protocol protocol) {
    URI address = URI.create(endpoint);
    return of(ProviderCatalog.custom("own", address, protocol), Optional.of(address), KEY);
  }

  private static Upstream of(Provider provider, Optional<URI> endpoint, String key) {
    Credential credential =
        new Credential(
            new CredentialId("team", "one"),
            provider.name(),
            endpoint,
            new Credential.Auth.ApiKey(SecretText.of(key)),
            0,
            1,
            List.of(),
            NamespaceRule.ALL,
            Limits.NONE);
    return new Upstream(credential, provider, Optional.empty());
  }
}
