package io.keyfront.core.fault;

import java.time.Duration;

/** Whether sending the same call again can help. */
public sealed interface Retry {
  /** It cannot: {@code x-should-retry: false}. */
  record Never() implements Retry {}

  /** It can, after this time: {@code Retry-After} and {@code x-should-retry: true}. */
  record After(Duration delay) implements Retry {}

  /** It may: the client's own rules decide. */
  record Unsaid() implements Retry {}

  Retry NEVER = new Never();
  Retry UNSAID = new Unsaid();
}
