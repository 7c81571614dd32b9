package io.keyfront.core.session;

import java.time.Instant;

/** What looking at an admin JWT found. */
public sealed interface AdminVerdict {
  /** Genuine, and may read usage. */
  record Granted(String subject) implements AdminVerdict {}

  /** Genuine, without the right. */
  record NoRight() implements AdminVerdict {}

  /** Genuine, but past its {@code exp}. */
  record Expired(Instant at) implements AdminVerdict {}

  /** Not to be believed; the reason is for the log. */
  record Invalid(String reason) implements AdminVerdict {}
}
