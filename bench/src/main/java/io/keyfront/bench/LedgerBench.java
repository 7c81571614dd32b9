package io.keyfront.bench;

import com.sun.management.ThreadMXBean;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.local.Fsync;
import io.keyfront.ledger.local.Journal;
import io.keyfront.ledger.local.JournalOptions;
import io.keyfront.ledger.local.LocalLedger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * What one hold and its settlement cost on one thread, in time of the processor: three accounts, a
 * budget, rates and a concurrency limit. Time goes on by 200 us a call, as at 5,000 calls a second.
 */
public final class LedgerBench {
  private static final int ROUND = 50_000;
  private static final int ROUNDS = 30;
  private static final long STEP = 200_000;
  private static final Limits TOKEN =
      Limits.of(
              new Budget(
                  OptionalLong.of(Amount.MOST),
                  OptionalLong.empty(),
                  Window.MONTH,
                  OnLedgerLoss.DENY))
          .withRequestsPerMinute(Limits.MOST_PER_MINUTE)
          .withTokensPerMinute(Limits.MOST_PER_MINUTE)
          .withConcurrency(100);
  private static final Limits CREDENTIAL =
      Limits.NONE.withRequestsPerMinute(Limits.MOST_PER_MINUTE);
  private static final Settlement KNOWN =
      new Settlement.Known(Usage.of(900, 100), new Amount(3_000_000, 1000));

  private static Instant now = Instant.parse("2026-11-21T12:00:00Z");

  private LedgerBench() {}

  /**
   * @param arguments {@code memory}, {@code never}, {@code interval} or {@code always}
   */
  public static void main(String[] arguments) throws IOException {
    String kind = arguments.length == 0 ? "interval" : arguments[0];
    InstantSource clock = () -> now;
    if (kind.equals("memory")) {
      report(kind, LocalLedger.inMemory(clock));
      return;
    }
    Path folder = Files.createTempDirectory(Path.of("."), "ledger-bench");
    JournalOptions options =
        JournalOptions.in(folder).withFsync(Fsync.valueOf(kind.toUpperCase(Locale.ROOT)));
    try (Journal journal = Journal.open(options, clock)) {
      report(kind, journal.ledger());
    }
  }

  private static void report(String kind, LocalLedger ledger) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    long best = Long.MAX_VALUE;
    long bytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      HoldRequest[] requests = requests();
      long before = threads.getThreadAllocatedBytes(thread);
      long start = threads.getCurrentThreadCpuTime();
      for (HoldRequest request : requests) {
        now = now.plusNanos(STEP);
        call(ledger, request);
      }
      long took = (threads.getCurrentThreadCpuTime() - start) / ROUND;
      bytes = (threads.getThreadAllocatedBytes(thread) - before) / ROUND;
      best = Math.min(best, took);
      System.out.printf("%s: %d ns, %d B a call%n", kind, took, bytes);
    }
    System.out.printf("%s: best %d ns, last %d B a hold and its settlement%n", kind, best, bytes);
  }

  private static HoldRequest[] requests() {
    HoldRequest[] requests = new HoldRequest[ROUND];
    for (int index = 0; index < ROUND; index++) {
      requests[index] =
          new HoldRequest(
              new HoldId(UUID.randomUUID().toString(), 1),
              List.of(
                  new Claim(AccountId.token("default/agent"), TOKEN),
                  new Claim(AccountId.credential("default/key"), CREDENTIAL),
                  new Claim(AccountId.provider("openai"), Limits.NONE)),
              new Amount(5_000_000, 2000),
              Instant.MAX);
    }
    return requests;
  }

  private static void call(LocalLedger ledger, HoldRequest request) {
    Admission admission = ledger.hold(request).toCompletableFuture().join();
    while (admission instanceof Admission.Unavailable) {
      // So many calls a second are more than the disk makes room for.
      LockSupport.parkNanos(1_000_000);
      admission = ledger.hold(request).toCompletableFuture().join();
    }
    if (admission instanceof Admission.Admitted(Hold hold, var headroom)) {
      var unused = ledger.settle(hold, KNOWN);
    } else {
      throw new IllegalStateException("Not admitted: " + admission);
    }
  }
}
