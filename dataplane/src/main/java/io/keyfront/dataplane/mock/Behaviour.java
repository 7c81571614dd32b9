package io.keyfront.dataplane.mock;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the mock behaves; the model's name chooses. */
sealed interface Behaviour {
  /** Longest wait that a model's name can ask for, in milliseconds. */
  int MAX_DELAY_MILLIS = 600_000;

  /** {@code mock-slow} waits so long between words, in milliseconds. */
  int SLOW_MILLIS = 250;

  /** Answers at once; also every name that is not listed here. */
  record Plain() implements Behaviour {}

  /** {@code mock-<status>}, 400 to 599: refuses. */
  record Refuses(int status) implements Behaviour {}

  /** {@code mock-delay-<ms>}: waits before the answer. */
  record Delays(int millis) implements Behaviour {}

  /** {@code mock-slow}: waits between words. */
  record Slow() implements Behaviour {}

  /** {@code mock-reset}: the connection fails in the middle of the answer. */
  record Resets() implements Behaviour {}

  /** {@code mock-error-in-stream}: an error event comes in the middle of the stream. */
  record Fails() implements Behaviour {}

  /** {@code mock-tools}: calls the first tool on offer, and answers its result with text. */
  record CallsTools() implements Behaviour {}

  Pattern STATUS = Pattern.compile("mock-([45]\\d\\d)");
  Pattern DELAY = Pattern.compile("mock-delay-(\\d{1,9})");

  static Behaviour of(String model) {
    Matcher status = STATUS.matcher(model);
    if (status.matches()) {
      return new Refuses(Integer.parseInt(status.group(1)));
    }
    Matcher delay = DELAY.matcher(model);
    if (delay.matches()) {
      return new Delays(Math.min(MAX_DELAY_MILLIS, Integer.parseInt(delay.group(1))));
    }
    return switch (model) {
      case "mock-slow" -> new Slow();
      case "mock-reset" -> new Resets();
      case "mock-error-in-stream" -> new Fails();
      case "mock-tools" -> new CallsTools();
      default -> new Plain();
    };
  }
}
