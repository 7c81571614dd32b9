package io.keyfront.core.ledger;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;

/** The time over which a budget counts: UTC, by the calendar; a week begins on Monday. */
public enum Window {
  /** For ever. */
  TOTAL,
  HOUR,
  DAY,
  WEEK,
  MONTH;

  /** All of them, in the order of their ordinals. */
  public static final List<Window> ALL = List.of(values());

  /** When the window that holds a moment began; the epoch for {@link #TOTAL}. */
  public Instant start(Instant moment) {
    LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
    return switch (this) {
      case TOTAL -> Instant.EPOCH;
      case HOUR -> moment.truncatedTo(ChronoUnit.HOURS);
      case DAY -> midnight(day);
      case WEEK -> midnight(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
      case MONTH -> midnight(day.withDayOfMonth(1));
    };
  }

  /** When the window that holds a moment ends, exclusive; absent for {@link #TOTAL}. */
  public Optional<Instant> end(Instant moment) {
    Instant start = start(moment);
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    return switch (this) {
      case TOTAL -> Optional.empty();
      case HOUR -> Optional.of(start.plus(1, ChronoUnit.HOURS));
      case DAY -> Optional.of(start.plus(1, ChronoUnit.DAYS));
      case WEEK -> Optional.of(start.plus(7, ChronoUnit.DAYS));
      case MONTH -> Optional.of(midnight(day.plusMonths(1)));
    };
  }

  private static Instant midnight(LocalDate day) {
    return day.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
  }
}
