package io.keyfront.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The spelling of faults in the header {@code x-fake-fault}: {@code NAME[=ARG]}, several separated
 * by {@code ;}. Names are those of the records with a small first letter; {@code status=429/7} says
 * {@code retry-after: 7}, {@code slowDrip=20/1} sends a byte each 20 ms; {@code gzip}, {@code
 * deflate}, {@code br}, {@code zstd} compress.
 */
final class FaultNames {
  private static final int HUGE = 65_536;

  private FaultNames() {}

  /**
   * @throws IllegalArgumentException when a name is unknown or an argument is no number
   */
  static List<Fault> parse(String header) {
    List<Fault> faults = new ArrayList<>();
    for (String one : header.split(";", -1)) {
      if (!one.isBlank()) {
        faults.add(fault(one.strip()));
      }
    }
    return List.copyOf(faults);
  }

  private static Fault fault(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String argument = equals < 0 ? "" : text.substring(equals + 1);
    return switch (name) {
      case "none" -> new Fault.None();
      case "status" -> status(argument);
      case "resetBeforeHeaders" -> new Fault.ResetBeforeHeaders();
      case "resetAfterHeaders" -> new Fault.ResetAfterHeaders();
      case "resetAfterEvents" -> new Fault.ResetAfterEvents(number(text, argument, 1));
      case "stallBeforeHeaders" -> new Fault.StallBeforeHeaders();
      case "stallAfterEvents" -> new Fault.StallAfterEvents(number(text, argument, 1));
      case "holdAfterEvents" -> new Fault.HoldAfterEvents(number(text, argument, 1));
      case "gzip" -> new Fault.Encoded(Encoding.GZIP);
      case "deflate" -> new Fault.Encoded(Encoding.DEFLATE);
      case "br" -> new Fault.Encoded(Encoding.BROTLI);
      case "zstd" -> new Fault.Encoded(Encoding.ZSTD);
      case "errorInside200" -> new Fault.ErrorInside200(number(text, argument, 0));
      case "quotedKey" -> new Fault.QuotedKey(number(text, argument, 401));
      case "quotedKeyInside200" -> new Fault.QuotedKeyInside200(number(text, argument, 0));
      case "slowDrip" -> slowDrip(argument);
      case "cleanEndAfterEvents" -> new Fault.CleanEndAfterEvents(number(text, argument, 1));
      case "noUsage" -> new Fault.NoUsage();
      case "badJson" -> new Fault.BadJson();
      case "wrongContentLength" -> new Fault.WrongContentLength();
      case "hugeHeaders" -> new Fault.HugeHeaders(number(text, argument, HUGE));
      case "hopByHop" -> new Fault.HopByHop();
      case "redirect" -> new Fault.Redirect(argument.isEmpty() ? "/elsewhere" : argument);
      default -> throw new IllegalArgumentException("x-fake-fault: no fault is called " + name);
    };
  }

  private static Fault status(String argument) {
    String[] parts = argument.split("/", 2);
    Optional<Duration> retryAfter =
        parts.length < 2
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(number(argument, parts[1], 1)));
    return new Fault.Status(number(argument, parts[0], 500), Optional.empty(), retryAfter);
  }

  private static Fault slowDrip(String argument) {
    String[] parts = argument.split("/", 2);
    Duration pause = Duration.ofMillis(number(argument, parts[0], 10));
    return new Fault.SlowDrip(pause, parts.length < 2 ? 0 : number(argument, parts[1], 1));
  }

  private static int number(String text, String digits, int absent) {
    if (digits.isEmpty()) {
      return absent;
    }
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "x-fake-fault: " + text + " needs a whole number, not " + digits, e);
    }
  }
}
