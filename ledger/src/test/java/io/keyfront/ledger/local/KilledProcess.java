package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.Limits;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Holds and settles until it is killed, and says what was acknowledged: {@code h} for a hold of 10,
 * {@code s} for its settlement at 7; every third hold is never settled.
 */
final class KilledProcess {
  private KilledProcess() {}

  public static void main(String[] arguments) throws Exception {
    JournalOptions options =
        JournalOptions.in(Path.of(arguments[0]))
            .withFsync(Fsync.valueOf(arguments[1]))
            .withSizes(256 * 1024, 512 * 1024);
    Journal journal = Journal.open(options, InstantSource.system());
    LocalLedger ledger = journal.ledger();
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1),
            true,
            StandardCharsets.US_ASCII);
    String run = String.valueOf(ProcessHandle.current().pid());
    for (int call = 0; ; call++) {
      while (Calls.done(ledger.hold(Calls.request("probe", Limits.NONE.withConcurrency(0), 0)))
          instanceof Admission.Unavailable) {
        Thread.onSpinWait();
      }
      Hold hold = Calls.admitted(ledger, Calls.request(run + "-" + call, Limits.NONE, 10));
      out.write('h');
      if (call % 3 != 0) {
        Calls.done(ledger.settle(hold, Calls.known(7)));
        out.write('s');
      }
    }
  }
}
