package io.keyfront.console.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a token is asked to stop working. */
public sealed interface Expiry {
  /** Never, until it is revoked. */
  record Never() implements Expiry {}

  /** So long from now on. */
  record In(Duration span) implements Expiry {}

  /** At that moment. */
  record At(Instant moment) implements Expiry {}

  /** What was asked for, seen from now; empty is for ever. */
  default Optional<Validity> from(Instant now) {
    return switch (this) {
      case Never() -> Optional.empty();
      case In(Duration span) -> Optional.of(new Validity(now.plus(span), span));
      case At(Instant moment) -> Optional.of(new Validity(moment, Duration.between(now, moment)));
    };
  }
}
