package io.keyfront.ledger.standby;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells people when the shared ledger goes and comes back. One that refuses some calls and admits
 * others, as when a single mark cannot be raised, is told of once in a while. For one thread at a
 * time.
 */
final class AwayNews {
  /** Between two of the same news. */
  static final Duration QUIET = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger(AwayNews.class.getName());

  private Instant quietUntil = Instant.MIN;
  private boolean told;

  /**
   * It does not answer, or not this call.
   *
   * @param detail why, without secrets
   */
  void away(Instant now, String detail) {
    told = !now.isBefore(quietUntil);
    if (told) {
      quietUntil = now.plus(QUIET);
      LOG.log(
          Level.WARNING,
          "The shared ledger is away. Calls go on where budgets say Lease, as far as this proxy''s"
              + " slices reach, or Allow, under its own rates; others are refused. {0}",
          detail);
    }
  }

  /**
   * It answers again.
   *
   * @param served calls that went on without it
   */
  void back(long served) {
    if (told || served > 0) {
      told = false;
      LOG.log(
          Level.WARNING, "The shared ledger is back; {0} calls were served without it.", served);
    }
  }
}
