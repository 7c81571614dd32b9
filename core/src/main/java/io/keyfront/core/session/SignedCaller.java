package io.keyfront.core.session;

import java.time.Instant;
import java.util.Optional;

/** Whom a signed token speaks for, once its signature, audience and times hold. */
public sealed interface SignedCaller {
  /** The end of the token, {@code exp}; it is accepted {@link SignedTokens#SKEW} longer. */
  Instant expiresAt();

  /**
   * A MachineToken of format JWT.
   *
   * @param uid of the MachineToken: its account
   * @param namespace of the MachineToken
   * @param name of the MachineToken
   * @param id the claim {@code jti}
   * @param issuedAt the claim {@code iat}
   */
  record OfMachineToken(
      String uid, String namespace, String name, String id, Instant issuedAt, Instant expiresAt)
      implements SignedCaller {}

  /**
   * A ServiceAccount.
   *
   * @param uid of the ServiceAccount
   * @param pod that the token is bound to
   */
  record OfServiceAccount(
      String namespace, String name, String uid, Optional<Pod> pod, Instant expiresAt)
      implements SignedCaller {}

  /** A pod that a token is bound to. */
  record Pod(String name, String uid) {}
}
