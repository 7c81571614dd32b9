package io.keyfront.crds;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as resources write them: {@code 90s}, {@code 15m}, {@code 24h}, {@code 30d}. */
public final class DurationText {
  /** What would be right. */
  public static final String FIX = "write a whole number and s, m, h or d: 90s, 15m, 24h, 30d";

  // Nine digits: no unit can overflow a long.
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([smhd])");

  private DurationText() {}

  /**
   * @throws IllegalArgumentException when the text is of another form
   */
  public static Duration parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a duration: " + FIX + ".");
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
