package io.keyfront.cli.home;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.money.UsageTotals;
import io.keyfront.ledger.RecordingLedger;
import io.keyfront.ledger.UsageFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The recording ledger and its file in the home folder: written every second while something
 * changes, and at the end. A {@code kill -9} loses at most the last second of recorded usage.
 */
public final class UsageCheckpoint implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UsageCheckpoint.class.getName());
  private static final String FILE = "usage.jsonl";

  private final AtomicFile file;
  private final RecordingLedger ledger;
  private final ScheduledExecutorService thread;
  private UsageTotals written = UsageTotals.NONE;

  private UsageCheckpoint(AtomicFile file, Map<AccountId, UsageTotals> recorded) {
    this.file = file;
    this.ledger = new RecordingLedger(Clock.systemUTC(), recorded);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keyfront-usage").factory());
    var unused = thread.scheduleWithFixedDelay(this::write, 1, 1, TimeUnit.SECONDS);
  }

  public static UsageCheckpoint start(Path home) {
    AtomicFile file = new AtomicFile(home.resolve(FILE));
    return new UsageCheckpoint(file, recorded(file));
  }

  /** An unreadable file must not keep the proxy from starting: nothing is limited by it. */
  private static Map<AccountId, UsageTotals> recorded(AtomicFile file) {
    try {
      return file.read().map(UsageFile::read).orElse(Map.of());
    } catch (IOException | IllegalArgumentException unreadable) {
      LOG.log(Level.WARNING, "Recorded usage begins anew: {0}", unreadable.getMessage());
      return Map.of();
    }
  }

  public RecordingLedger ledger() {
    return ledger;
  }

  private synchronized void write() {
    Map<AccountId, UsageTotals> recorded = ledger.recorded();
    UsageTotals all = recorded.getOrDefault(AccountId.EVERYTHING, UsageTotals.NONE);
    if (all.equals(written)) {
      return;
    }
    try {
      file.write(UsageFile.write(recorded));
      written = all;
    } catch (IOException cannotWrite) {
      LOG.log(Level.WARNING, "Recorded usage cannot be stored: {0}", cannotWrite.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    write();
  }
}
