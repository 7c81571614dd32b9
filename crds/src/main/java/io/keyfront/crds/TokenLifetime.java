package io.keyfront.crds;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of how long a token lives: {@code ttl}, {@code expiresAt} and {@code rotateBefore}. */
final class TokenLifetime {
  static final String EXPIRES_AT_FIX = "write RFC 3339, like 2027-01-31T12:00:00Z";
  static final String ONE_OF_TWO_FIX = "keep one of the two";
  static final String ROTATE_WITHOUT_TTL = "has no ttl to end before";
  static final String ROTATE_WITHOUT_TTL_FIX = "add ttl, how long each plaintext lives";
  static final String ROTATE_TOO_EARLY = "is not shorter than ttl";
  static final String ROTATE_TOO_EARLY_FIX = "write less than ttl, a third of it for instance";

  /** RFC 3339; Java alone would take more. */
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?"
              + "(Z|[-+][0-9]{2}:[0-9]{2})");

  private TokenLifetime() {}

  static void check(Problems problems, MachineTokenSpec spec) {
    if (spec.ttl() != null && spec.expiresAt() != null) {
      problems.add("ttl", "stands beside expiresAt", ONE_OF_TWO_FIX);
    }
    Optional<Duration> ttl = checkDuration(problems, "ttl", spec.ttl());
    Optional<Duration> before = checkDuration(problems, "rotateBefore", spec.rotateBefore());
    checkTime(problems, "expiresAt", spec.expiresAt());
    if (spec.rotateBefore() != null && spec.ttl() == null) {
      problems.add("rotateBefore", ROTATE_WITHOUT_TTL, ROTATE_WITHOUT_TTL_FIX);
    }
    if (ttl.isPresent() && before.isPresent() && before.get().compareTo(ttl.get()) >= 0) {
      problems.add("rotateBefore", ROTATE_TOO_EARLY, ROTATE_TOO_EARLY_FIX);
    }
  }

  private static Optional<Duration> checkDuration(
      Problems problems, String field, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Duration length = DurationText.parse(text);
      if (length.isZero() || length.compareTo(MachineTokenSpec.TTL_MAX) > 0) {
        problems.add(
            field,
            "'" + text + "' is out of range",
            "write 1s to " + MachineTokenSpec.TTL_MAX.toDays() + "d");
      }
      return Optional.of(length);
    } catch (IllegalArgumentException notADuration) {
      problems.add(field, "'" + text + "' is not a duration", DurationText.FIX);
      return Optional.empty();
    }
  }

  static void checkTime(Problems problems, String field, @Nullable String time) {
    if (time != null && !isTime(time)) {
      problems.add(field, "'" + time + "' is not a point in time", EXPIRES_AT_FIX);
    }
  }

  private static boolean isTime(String text) {
    try {
      return TIME.matcher(text).matches() && OffsetDateTime.parse(text) != null;
    } catch (DateTimeParseException notATime) {
      return false;
    }
  }
}
