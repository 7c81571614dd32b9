package io.keyfront.core.snapshot;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the proxy presents upstream.
 *
 * @param endpoint overrides the provider's, when given
 * @param priority lower goes first
 * @param weight share among credentials of one priority, 1 or more
 * @param models globs of the models it serves; empty is all
 * @param namespaces whose tokens may use it
 * @param limits what may go through it, over all tokens
 * @param expiresAt from when on it is not used any more; absent where it has no end
 */
public record Credential(
    CredentialId id,
    String provider,
    Optional<URI> endpoint,
    Auth auth,
    int priority,
    int weight,
    List<Glob> models,
    NamespaceRule namespaces,
    Limits limits,
    Optional<Instant> expiresAt) {

  /** How the credential proves itself to the provider. */
  public sealed interface Auth {
    /** A key in the header that the protocol's dialect uses for one. */
    record ApiKey(SecretText key) implements Auth {}
  }

  /**
   * @throws IllegalArgumentException when the weight is below 1
   */
  public Credential {
    models = List.copyOf(models);
    if (weight < 1) {
      throw new IllegalArgumentException(
          "The weight of credential " + id + " is " + weight + ": give it 1 or more.");
    }
  }

  /** One without an end. */
  public Credential(
      CredentialId id,
      String provider,
      Optional<URI> endpoint,
      Auth auth,
      int priority,
      int weight,
      List<Glob> models,
      NamespaceRule namespaces,
      Limits limits) {
    this(
        id,
        provider,
        endpoint,
        auth,
        priority,
        weight,
        models,
        namespaces,
        limits,
        Optional.empty());
  }

  /** The same with an end. */
  public Credential endingAt(Instant end) {
    return new Credential(
        id,
        provider,
        endpoint,
        auth,
        priority,
        weight,
        models,
        namespaces,
        limits,
        Optional.of(end));
  }

  /** Whether its end has come. */
  public boolean isOver(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }

  public boolean serves(String namespace, String model) {
    return namespaces.allows(namespace)
        && (models.isEmpty() || models.stream().anyMatch(glob -> glob.matches(model)));
  }
}
