package io.keyfront.core.session;

import java.time.Instant;

/** What looking at a signed token found. */
public sealed interface SessionVerdict {
  /** Signed by the issuer, meant for us, alive. */
  record Valid(SessionIssuer issuer, SessionClaims claims) implements SessionVerdict {}

  /** Genuine, but past its {@code exp}. */
  record Expired(Instant at) implements SessionVerdict {}

  /** Not to be believed. The reason is for the log; the caller never learns which check failed. */
  record Invalid(String reason) implements SessionVerdict {}
}
