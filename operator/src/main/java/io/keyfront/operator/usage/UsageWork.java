package io.keyfront.operator.usage;

import io.keyfront.core.ledger.Ledger;
import io.keyfront.ledger.redis.RedisRefused;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Function;

/**
 * Reads what was spent for as long as this operator leads. Tokens are minted and revoked without a
 * ledger too, so one that is away when the operator starts is tried again and again.
 */
public final class UsageWork implements Runnable {
  private static final System.Logger LOG = System.getLogger(UsageWork.class.getName());

  private final LedgerSource source;
  private final Function<Ledger, ? extends Runnable> reader;
  private final Duration pause;
  private volatile boolean connected;
  private String told = "";

  /**
   * @param reader reads from a ledger until it is interrupted
   * @param pause between two tries to connect
   */
  public UsageWork(
      LedgerSource source, Function<Ledger, ? extends Runnable> reader, Duration pause) {
    this.source = source;
    this.reader = reader;
    this.pause = pause;
  }

  /** Whether there was a ledger when it was last connected to. */
  public boolean isConnected() {
    return connected;
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (LedgerSource.Open open = source.open()) {
        connected = true;
        reader.apply(open.ledger()).run();
      } catch (RedisRefused away) {
        tell(String.valueOf(away.getMessage()));
        rest();
      } finally {
        connected = false;
      }
    }
  }

  /** Once for each trouble. */
  private void tell(String why) {
    if (!why.equals(told)) {
      told = why;
      LOG.log(
          Level.WARNING,
          "{0} Statuses do not say what is spent until it can be had; all else goes on.",
          why);
    }
  }

  private void rest() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
