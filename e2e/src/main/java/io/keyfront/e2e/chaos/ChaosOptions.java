package io.keyfront.e2e.chaos;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * One run.
 *
 * @param seed gives the events, and what every client asks
 * @param load how long clients call; what comes before and after takes about half a minute
 */
public record ChaosOptions(Scenario scenario, long seed, Duration load) {
  private static final String USAGE =
      "There are --minutes N, --seconds N, --seed S and --scenario base|failover|empty.";

  /**
   * @throws IllegalArgumentException when a word is none of the options
   */
  static ChaosOptions parse(long freshSeed, String... words) {
    Scenario scenario = Scenario.BASE;
    long seed = freshSeed;
    Duration load = Duration.ofMinutes(5);
    for (Iterator<String> rest = List.of(words).iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--minutes" -> load = Duration.ofMinutes(number(option, rest));
        case "--seconds" -> load = Duration.ofSeconds(number(option, rest));
        case "--seed" -> seed = number(option, rest);
        case "--scenario" -> scenario = scenario(value(option, rest));
        default -> throw new IllegalArgumentException("Unknown option " + option + ". " + USAGE);
      }
    }
    return new ChaosOptions(scenario, seed, load);
  }

  private static Scenario scenario(String name) {
    for (Scenario one : Scenario.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException("No scenario is called " + name + ". " + USAGE);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value. " + USAGE);
    }
    return rest.next();
  }

  private static long number(String option, Iterator<String> rest) {
    String value = value(option, rest);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " takes a whole number, not " + value + ".", e);
    }
  }

  /** The words that repeat this run's plan. */
  String words() {
    return "--scenario %s --seed %d --seconds %d"
        .formatted(scenario.name().toLowerCase(Locale.ROOT), seed, load.toSeconds());
  }
}
