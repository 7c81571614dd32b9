package io.keyfront.core.token;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * Who calls, as far as every later stage needs to know.
 *
 * @param account where spend belongs: the MachineToken's UID, or issuer and subject of a session
 *     token
 * @param namespace whose credentials and aliases apply
 * @param name the token's name, or a session token's subject
 * @param limits what it may use; of its account
 * @param pin where a session token's claims send the call; empty for other formats
 */
public record Identity(
    String account,
    String namespace,
    String name,
    TokenFormat format,
    Scope scope,
    Optional<Instant> expiresAt,
    CidrSet cidrs,
    Limits limits,
    Optional<Pin> pin) {

  /** The same, ending at that time unless it ends before. */
  public Identity endingBy(Instant end) {
    return expiresAt.isPresent() && expiresAt.get().isBefore(end)
        ? this
        : new Identity(
            account, namespace, name, format, scope, Optional.of(end), cidrs, limits, pin);
  }

  /**
   * A session token's destination.
   *
   * @param provider the claim {@code provider}
   * @param credentialId the claim {@code credentialId}: a ProviderCredential's name
   */
  public record Pin(String provider, String credentialId) {}
}
