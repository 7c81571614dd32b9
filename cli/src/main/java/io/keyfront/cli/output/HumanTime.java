package io.keyfront.cli.output;

import java.time.Duration;
import java.time.Instant;

/** Moments as people say them: {@code in 14m}, {@code 3d ago}. */
public final class HumanTime {
  private static final Duration NOW = Duration.ofSeconds(1);

  private HumanTime() {}

  public static String of(Instant moment, Instant now) {
    Duration distance = Duration.between(now, moment);
    if (distance.abs().compareTo(NOW) < 0) {
      return "now";
    }
    return distance.isNegative() ? span(distance.negated()) + " ago" : "in " + span(distance);
  }

  /** In the largest unit of which there are two, or one of the smallest that fits. */
  static String span(Duration span) {
    if (span.toDays() >= 2) {
      return span.toDays() + "d";
    }
    if (span.toHours() >= 2) {
      return span.toHours() + "h";
    }
    return span.toMinutes() >= 2 ? span.toMinutes() + "m" : span.toSeconds() + "s";
  }
}
