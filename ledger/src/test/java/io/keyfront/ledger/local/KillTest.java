package io.keyfront.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  private static final int ROUNDS = 20;
  private static final int HOLD = 10;
  private static final int CHARGE = 7;

  @TempDir Path home;

  /**
   * One call may be under way when the process dies: made but not yet said, by one hold and one
   * settlement at most.
   */
  @Test
  void whatWasAcknowledgedBeforeAKillIsChargedAfterIt() throws Exception {
    Random random = new Random(4);
    long holds = 0;
    long settlements = 0;
    long unsaid = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String said = killed(1 + random.nextInt(4000));
      holds += said.chars().filter(letter -> letter == 'h').count();
      settlements += said.chars().filter(letter -> letter == 's').count();
      unsaid++;

      Book book = recovered();

      Standing standing = standing(book);
      long least = settlements * CHARGE + (holds - settlements) * HOLD;
      // A settlement that was not said any more took 3 off, a hold that was not said added 10.
      assertThat(standing.in(Window.TOTAL).spent().nanoUsd())
          .as("round %d: %d holds, %d settled", round, holds, settlements)
          .isBetween(least - unsaid * (HOLD - CHARGE), least + unsaid * HOLD);
      assertThat(standing.totals().requests()).isBetween(holds, holds + unsaid);
      assertThat(standing.totals().inDoubt())
          .isBetween(holds - settlements - unsaid, holds - settlements + unsaid);
    }
    assertThat(settlements).isGreaterThan(ROUNDS);
  }

  /** What a process says until it is killed, after so many words. */
  private String killed(int words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                home.resolve("ledger").toString(),
                Fsync.NEVER.name())
            .redirectError(home.resolve("errors").toFile())
            .start();
    StringBuilder said = new StringBuilder();
    try (var out = process.getInputStream()) {
      for (byte[] next = out.readNBytes(words); next.length > 0; next = out.readNBytes(words)) {
        said.append(new String(next, StandardCharsets.US_ASCII));
        process.toHandle().destroyForcibly();
      }
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(said).as(Files.readString(home.resolve("errors"))).isNotEmpty();
    return said.toString();
  }

  private Book recovered() throws IOException {
    JournalFolder folder = new JournalFolder(home.resolve("ledger"));
    Book book = Replay.read(folder, LocalLedger.RULES, Long.MAX_VALUE).book();
    book.settleInDoubt(Micros.of(InstantSource.system().instant()));
    return book;
  }

  private static Standing standing(Book book) {
    Entry everything = Objects.requireNonNull(book.find(AccountId.EVERYTHING));
    return everything.account.standing(book.clock());
  }
}
