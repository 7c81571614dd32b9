package io.keyfront.cli.serve;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How long starting took, as the person who pressed return saw it. */
final class StartTime {
  /** The launcher notes the moment it was called, in microseconds since the epoch. */
  private static final String PRESSED = "keyfront.pressed";

  private StartTime() {}

  static Duration sincePressed() {
    long pressed = Long.getLong(PRESSED, 0L);
    Instant begun =
        pressed > 0
            ? Instant.EPOCH.plus(pressed, ChronoUnit.MICROS)
            : ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    return Duration.between(begun, Instant.now());
  }
}
