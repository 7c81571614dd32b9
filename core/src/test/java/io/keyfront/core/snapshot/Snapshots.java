package io.keyfront.core.snapshot;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds snapshots for tests: the built-in providers, and what a test adds. */
public final class Snapshots {
  private final List<Credential> credentials = new ArrayList<>();
  private final List<AliasRule> aliases = new ArrayList<>();
  private final Map<String, Provider> providers = new LinkedHashMap<>(ProviderCatalog.builtIn());

  private Snapshots() {}

  public static Snapshots withNothing() {
    return new Snapshots();
  }

  /** One credential for each provider, usable from every namespace. */
  public static Snapshots withKeysFor(String... providers) {
    var snapshots = new Snapshots();
    for (String provider : providers) {
      snapshots.credentials.add(credential(provider + "-key", provider, 0));
    }
    return snapshots;
  }

  public Snapshots with(Credential credential) {
    credentials.add(credential);
    return this;
  }

  public Snapshots with(AliasRule alias) {
    aliases.add(alias);
    return this;
  }

  public Snapshots with(Provider provider) {
    providers.put(provider.name(), provider);
    return this;
  }

  public Snapshot build() {
    return new Snapshot("test", Map.of(), credentials, aliases, providers, Settings.DEFAULT);
  }

  public static Credential credential(String name, String provider, int priority) {
    return credential(name, provider, priority, NamespaceRule.ALL);
  }

  static Credential credential(
      String name, String provider, int priority, NamespaceRule namespaces, String... models) {
    return new Credential(
        new CredentialId("default", name),
        provider,
        Optional.empty(),
        new Credential.Auth.ApiKey(SecretText.of("sk-fake-" + name)),
        priority,
        1,
        List.of(models).stream().map(Glob::of).toList(),
        namespaces,
        Limits.NONE);
  }
}
