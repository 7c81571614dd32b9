package io.keyfront.console.desk;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as resources and commands write them: {@code 90s}, {@code 15m}, {@code 30d}. */
public final class TimeSpan {
  /** The longest span: ten years. */
  public static final Duration MAX = Duration.ofDays(3650);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");

  private TimeSpan() {}

  /**
   * @throws IllegalArgumentException when it is not a whole number of s, m, h or d, is zero, or is
   *     longer than {@link #MAX}
   */
  public static Duration parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw wrong(text);
    }
    long count = Long.parseLong(parts.group(1));
    Duration span =
        switch (parts.group(2).charAt(0)) {
          case 's' -> Duration.ofSeconds(count);
          case 'm' -> Duration.ofMinutes(count);
          case 'h' -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (span.isZero() || span.compareTo(MAX) > 0) {
      throw wrong(text);
    }
    return span;
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a span of time: write a number and s, m, h or d, like 15m, 24h or 30d, up to 3650d.");
  }
}
