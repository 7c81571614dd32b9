package io.keyfront.core.session;

import java.time.Instant;

/** What looking at a token with a public key found. */
public sealed interface SignedVerdict {
  /** Signed by an authority, meant for us, alive. */
  record Genuine(SignedCaller caller) implements SignedVerdict {}

  /** Genuine, but past its {@code exp}. */
  record Expired(Instant at) implements SignedVerdict {}

  /**
   * Signed by an authority, but not meant for us.
   *
   * @param audience what would be right
   */
  record NotForUs(String audience) implements SignedVerdict {}

  /** Not to be believed. The reason is for the log; the caller never learns which check failed. */
  record Invalid(String reason) implements SignedVerdict {}

  /** Of no authority, or of no algorithm with public keys: others may know it. */
  record Foreign() implements SignedVerdict {}
}
