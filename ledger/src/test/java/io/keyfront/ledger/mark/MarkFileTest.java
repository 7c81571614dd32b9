package io.keyfront.ledger.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkFileTest {
  private static final AccountId TOKEN = AccountId.token("günther/\u20ac");

  @TempDir private Path folder;

  private static Mark mark(long nano, long raised) {
    return new Mark(
        7,
        raised,
        Window.DAY,
        Window.ALL.stream().map(window -> new Mark.Part(0, new Amount(nano, 3))).toList());
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  private Path file() {
    return folder.resolve("marks");
  }

  @Test
  void whatWasRaisedIsThereAfterAKill() throws IOException {
    MarkFile killed = MarkFile.open(folder);
    done(killed.raise(TOKEN, mark(100, 1)));
    killed.saw(new Sighting("proxy", 7, 42, false));
    done(killed.raise(AccountId.credential("c"), mark(5, 2)));

    // Nothing was closed: a second reader sees what the disk has.
    try (MarkFile after = MarkFile.open(folder)) {
      assertThat(after.of(TOKEN)).contains(mark(100, 1));
      assertThat(after.all()).hasSize(2);
      assertThat(after.seen()).contains(new Sighting("proxy", 7, 42, false));
    }
    killed.close();
  }

  @Test
  void aMarkIsNeverLowered() throws IOException {
    try (MarkFile marks = MarkFile.open(folder)) {
      done(marks.raise(TOKEN, mark(100, 1)));
      done(marks.raise(TOKEN, mark(60, 2)));

      assertThat(marks.of(TOKEN)).contains(mark(100, 2));
    }
  }

  @Test
  void aFileThatIsCutAnywhereKeepsEveryRecordThatIsWhole() throws IOException {
    List<Long> ends = new ArrayList<>();
    try (MarkFile marks = MarkFile.open(folder)) {
      for (int i = 1; i <= 3; i++) {
        done(marks.raise(TOKEN, mark(100L * i, i)));
        ends.add(Files.size(file()));
      }
    }
    byte[] whole = Files.readAllBytes(file());
    for (int length = Math.toIntExact(ends.get(0)); length <= whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      int bytes = length;
      long records = ends.stream().filter(end -> end <= bytes).count();
      try (MarkFile cut = MarkFile.open(folder)) {
        assertThat(cut.of(TOKEN)).contains(mark(100 * records, records));
        done(cut.raise(TOKEN, mark(1000, 9)));
      }
      try (MarkFile again = MarkFile.open(folder)) {
        assertThat(again.of(TOKEN)).contains(mark(1000, 9));
      }
    }
  }

  @Test
  void aFileOfThePastIsWrittenAnew() throws IOException {
    try (MarkFile marks = MarkFile.open(folder)) {
      for (int round = 1; round <= 40; round++) {
        List<CompletableFuture<Void>> raised = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          AccountId account = AccountId.token("t" + i);
          raised.add(marks.raise(account, mark(round, round)).toCompletableFuture());
        }
        done(CompletableFuture.allOf(raised.toArray(CompletableFuture[]::new)));
      }
      assertThat(Files.size(file())).isLessThan(500_000);
    }
    try (MarkFile again = MarkFile.open(folder)) {
      assertThat(again.all()).hasSize(100).containsValue(mark(40, 40));
      assertThat(again.of(AccountId.token("t99"))).isEqualTo(Optional.of(mark(40, 40)));
    }
  }

  @Test
  void aForeignFileIsLeftAlone() throws IOException {
    Files.writeString(file(), "something else altogether");

    assertThatThrownBy(() -> MarkFile.open(folder))
        .isInstanceOf(MarksUnusable.class)
        .hasMessageContaining("another format");

    assertThat(file()).hasContent("something else altogether");
  }

  @Test
  void nobodyElseMayReadThem() throws IOException {
    MarkFile.open(folder.resolve("own")).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("own"))))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("own").resolve("marks"))))
        .isEqualTo("rw-------");
  }
}
