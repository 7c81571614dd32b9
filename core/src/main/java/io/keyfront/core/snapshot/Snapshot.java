package io.keyfront.core.snapshot;

import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Target;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The immutable compiled configuration a proxy works from. Read once per request; replaced whole.
 */
public final class Snapshot {
  /** Nothing configured: every token is refused. */
  public static final Snapshot EMPTY =
      new Snapshot(
          "empty", Map.of(), List.of(), List.of(), ProviderCatalog.builtIn(), Settings.DEFAULT);

  private final String digest;
  private final TokenTable tokens;
  private final List<Credential> credentials;
  private final Map<CredentialId, Credential> credentialsById;
  private final Map<String, List<Credential>> credentialsByProvider;
  private final List<AliasRule> aliases;
  private final Map<String, Provider> providers;
  private final Settings settings;
  private final boolean boundsCalls;

  /**
   * @param digest identifies the content; no secret can be read from it
   * @param credentials each with an id of its own; those of one priority keep their order
   * @param aliases in order of precedence: the first that matches counts
   * @param providers by name, in the order that messages list them
   * @throws IllegalArgumentException when two credentials have one id
   */
  public Snapshot(
      String digest,
      Map<TokenHash, TokenPolicy> tokens,
      List<Credential> credentials,
      List<AliasRule> aliases,
      Map<String, Provider> providers,
      Settings settings) {
    this.digest = digest;
    this.tokens = TokenTable.of(tokens);
    this.credentials = List.copyOf(credentials);
    this.credentialsById = byId(credentials);
    this.credentialsByProvider =
        credentials.stream()
            .sorted(Comparator.comparingInt(Credential::priority))
            .collect(Collectors.groupingBy(Credential::provider, Collectors.toUnmodifiableList()));
    this.aliases = List.copyOf(aliases);
    this.providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    this.settings = settings;
    this.boundsCalls =
        credentials.stream().anyMatch(credential -> credential.limits().needBound())
            || providers.values().stream().anyMatch(provider -> provider.limits().needBound());
  }

  private static Map<CredentialId, Credential> byId(List<Credential> credentials) {
    Map<CredentialId, Credential> found = new LinkedHashMap<>();
    for (Credential credential : credentials) {
      if (found.put(credential.id(), credential) != null) {
        throw new IllegalArgumentException(
            "Two credentials are named " + credential.id() + ": give each a name of its own.");
      }
    }
    return Map.copyOf(found);
  }

  public String digest() {
    return digest;
  }

  /** The policy of an opaque token by its plaintext's hash. */
  public Optional<TokenPolicy> token(TokenHash hash) {
    return filed(hash, TokenFormat.OPAQUE);
  }

  /**
   * The policy of a MachineToken of format JWT by the hash of a token that is in force. It opens
   * nothing by itself: whoever asks has verified the signature.
   */
  public Optional<TokenPolicy> signedToken(TokenHash hash) {
    return filed(hash, TokenFormat.JWT);
  }

  /** The policy of the MachineToken that names a ServiceAccount. */
  public Optional<TokenPolicy> tokenOfServiceAccount(String namespace, String name) {
    return filed(TokenHash.ofServiceAccount(namespace, name), TokenFormat.SERVICE_ACCOUNT);
  }

  /** Anybody can present a text that hashes to a stand-in; it must not open anything. */
  private Optional<TokenPolicy> filed(TokenHash under, TokenFormat format) {
    TokenPolicy policy = tokens.get(under);
    return policy != null && policy.identity().format() == format
        ? Optional.of(policy)
        : Optional.empty();
  }

  /** Every policy: under the hashes of its tokens, or under a stand-in for one. */
  public Map<TokenHash, TokenPolicy> tokens() {
    return tokens;
  }

  public Optional<Credential> credential(CredentialId id) {
    return Optional.ofNullable(credentialsById.get(id));
  }

  public List<Credential> credentials() {
    return credentials;
  }

  /**
   * The credentials that serve a target for tokens of a namespace, lowest priority number first.
   */
  public List<Credential> candidates(String namespace, Target target) {
    List<Credential> all = credentialsByProvider.getOrDefault(target.provider(), List.of());
    if (all.size() == 1 && all.getFirst().serves(namespace, target.model())) {
      return all;
    }
    return all.stream().filter(credential -> credential.serves(namespace, target.model())).toList();
  }

  /** The credentials for a provider that tokens of a namespace may use, whatever they serve. */
  public List<Credential> credentialsOf(String namespace, String provider) {
    return credentialsByProvider.getOrDefault(provider, List.of()).stream()
        .filter(credential -> credential.namespaces().allows(namespace))
        .toList();
  }

  /** Whether tokens of a namespace can use a provider at all; the mock needs no credential. */
  public boolean hasCredential(String namespace, String provider) {
    return provider.equals(Provider.MOCK) || !credentialsOf(namespace, provider).isEmpty();
  }

  /** Whether a credential or provider has a limit that must know what a call may use. */
  public boolean boundsCalls() {
    return boundsCalls;
  }

  public List<AliasRule> aliases() {
    return aliases;
  }

  public Optional<Provider> provider(String name) {
    return Optional.ofNullable(providers.get(name));
  }

  public Map<String, Provider> providers() {
    return providers;
  }

  /** The same with other settings. */
  public Snapshot withSettings(Settings other) {
    return new Snapshot(digest, tokens, credentials, aliases, providers, other);
  }

  public Settings settings() {
    return settings;
  }
}
