package io.keyfront.operator.report;

import io.keyfront.crds.ProviderCredential;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a provider's key ends, and when to renew it: seven days before, or, of a key that lives for
 * less than three weeks, when two thirds of its life are over.
 */
public record KeyLife(Instant ends, Instant renewal) {
  static final Duration LEAD = Duration.ofDays(7);

  /**
   * @param since when the key was first seen
   */
  static KeyLife of(Instant since, Instant ends) {
    Duration life = Duration.between(since, ends);
    Duration lead = life.isNegative() ? Duration.ZERO : min(LEAD, life.dividedBy(3));
    return new KeyLife(ends, ends.minus(lead).truncatedTo(ChronoUnit.SECONDS));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** What the owner of a credential's key says of its end. */
  public static Optional<Instant> end(ProviderCredential credential) {
    return time(credential.getSpec() == null ? null : credential.getSpec().expiresAt());
  }

  /** Empty for what is no time. */
  public static Optional<Instant> time(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeParseException edited) {
      return Optional.empty();
    }
  }

  boolean isOver(Instant now) {
    return !now.isBefore(ends);
  }

  boolean isDue(Instant now) {
    return !now.isBefore(renewal);
  }
}
