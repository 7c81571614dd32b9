package io.keyfront.dataplane.admit;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.dataplane.authorize.Permitted;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the ledger for room, candidate by candidate. For one event loop. */
public final class Admitting {
  /** How long a call waits for room that calls under way hold. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Ledger ledger;
  private final ExactCounting counting;
  private final WaitingLines lines = new WaitingLines();

  public Admitting(Vertx vertx, Ledger ledger, ExactCounting counting) {
    this.vertx = vertx;
    this.ledger = ledger;
    this.counting = counting;
  }

  /**
   * Holds room for one attempt, with the first candidate from {@code number} on that has some. To
   * be called on the event loop, on which the stage completes as well.
   *
   * @param number of the first candidate to ask, from 1
   * @return fails with {@link Refused} where there is no room
   */
  public CompletionStage<Admitted> admit(Permitted permitted, int number) {
    try {
      return new Asking(vertx, ledger, counting, lines, permitted, Estimates.of(permitted), number)
          .start();
    } catch (Refused refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }
}
