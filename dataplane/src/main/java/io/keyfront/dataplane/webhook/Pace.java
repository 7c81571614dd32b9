package io.keyfront.dataplane.webhook;

import java.time.Duration;

/**
 * How often, how long and how much.
 *
 * @param look between two looks at the budgets that calls touched
 * @param answer a receiver answers within
 * @param lease of a claim; longer than an answer may take
 * @param firstRetry after the first failure; doubles with each
 * @param lastRetry the longest between two attempts
 * @param giveUp after the first attempt; what still holds then is found and tried again later
 * @param pending deliveries that may wait, 1 or more
 */
public record Pace(
    Duration look,
    Duration answer,
    Duration lease,
    Duration firstRetry,
    Duration lastRetry,
    Duration giveUp,
    int pending) {
  /**
   * @throws IllegalArgumentException when another proxy could claim what is still being sent
   */
  public Pace {
    if (lease.compareTo(answer) <= 0) {
      throw new IllegalArgumentException(
          "A claim of %s ends before an answer may take %s: give it longer."
              .formatted(lease, answer));
    }
  }

  /** 2 s, 10 s, 60 s, 5 s, 10 min, 1 h, 1,000. */
  public static final Pace USUAL =
      new Pace(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          1_000);

  /** How long to wait after so many failures in a row, 1 or more; without jitter. */
  Duration afterFailure(int failures) {
    Duration wait = firstRetry.multipliedBy(1L << Math.min(20, failures - 1));
    return wait.compareTo(lastRetry) < 0 ? wait : lastRetry;
  }
}
