package io.keyfront.ledger.local;

import static io.keyfront.ledger.local.Calls.TOKEN;
import static io.keyfront.ledger.local.Calls.admitted;
import static io.keyfront.ledger.local.Calls.budget;
import static io.keyfront.ledger.local.Calls.done;
import static io.keyfront.ledger.local.Calls.known;
import static io.keyfront.ledger.local.Calls.request;
import static io.keyfront.ledger.local.Calls.spent;
import static io.keyfront.ledger.local.Calls.standing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the files of an open journal is what a killed process leaves behind. */
class CrashTest {
  private static final int SEGMENT = 64 * 1024;

  private static final Limits NOBODY = Limits.NONE.withConcurrency(0);

  @TempDir Path home;
  private Instant now = Calls.START;
  private int copies;

  private JournalOptions options(Path folder) {
    return JournalOptions.in(folder).withFsync(Fsync.NEVER).withSizes(SEGMENT, 1L << 30);
  }

  private Journal open(Path folder) throws IOException {
    return Journal.open(options(folder), () -> now);
  }

  private Path copy(Path folder) throws IOException {
    Path copy = Files.createDirectory(home.resolve("copy-" + ++copies));
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, copy.resolve(file.getFileName()));
            } catch (IOException failed) {
              throw new UncheckedIOException(failed);
            }
          });
    }
    return copy;
  }

  @Test
  void killedProcessLosesNeitherSpendNorHolds() throws IOException {
    Path folder = home.resolve("ledger");
    try (Journal killed = open(folder)) {
      done(
          killed.ledger().settle(admitted(killed.ledger(), request("a", budget(99), 9)), known(7)));
      admitted(killed.ledger(), request("b", budget(99), 30));

      try (Journal again = open(copy(folder))) {
        assertThat(again.inDoubt()).isEqualTo(1);
        assertThat(Calls.ALL).allSatisfy(id -> assertThat(spent(again.ledger(), id)).isEqualTo(37));
      }
    }
  }

  @Test
  void replayRemembersEveryKindOfChange() throws IOException {
    Path folder = home.resolve("ledger");
    try (Journal killed = open(folder)) {
      LocalLedger ledger = killed.ledger();
      Hold swept = admitted(ledger, request("swept", budget(999), 100));
      Hold renewed = admitted(ledger, request("renewed", budget(999), 1));
      done(ledger.abandon(request("abandoned", budget(999), 1)));
      now = now.plus(Duration.ofSeconds(30));
      done(ledger.renew(List.of(renewed)));
      now = now.plus(Duration.ofSeconds(31));
      ledger.sweep();
      done(ledger.settle(swept, known(50)));
      done(ledger.settle(renewed, known(3)));

      try (Journal again = open(copy(folder))) {
        assertThat(again.inDoubt()).isZero();
        assertThat(Calls.ALL)
            .allSatisfy(
                id -> assertThat(standing(again.ledger(), id)).isEqualTo(standing(ledger, id)));
        assertThat(spent(again.ledger(), TOKEN)).isEqualTo(53);
      }
    }
  }

  @Test
  void rateThatWasUsedUpIsUsedUpAfterARestart() throws IOException {
    Path folder = home.resolve("ledger");
    Limits twice = Limits.NONE.withRequestsPerMinute(2).withTokensPerMinute(500);
    try (Journal killed = open(folder)) {
      admitted(killed.ledger(), request("a", twice, 1));
      admitted(killed.ledger(), request("b", twice, 1));

      try (Journal again = open(copy(folder))) {
        assertThat(done(again.ledger().hold(request("c", twice, 1))))
            .isEqualTo(done(killed.ledger().hold(request("c", twice, 1))));
      }
    }
  }

  @Test
  void tornTailIsCutAtTheFirstBadRecordWhereverItWasTorn() throws IOException {
    Path folder = home.resolve("ledger");
    List<Long> spentBefore = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    Path left;
    try (Journal killed = open(folder)) {
      done(
          killed.ledger().settle(admitted(killed.ledger(), request("a", budget(99), 9)), known(7)));
      int whole = end(copy(folder));
      ends.add(whole);
      spentBefore.add(7L);
      Hold last = admitted(killed.ledger(), request("b", budget(99), 30));
      ends.add(end(copy(folder)));
      spentBefore.add(37L);
      done(killed.ledger().settle(last, known(20)));
      left = copy(folder);
      ends.add(end(left));
      spentBefore.add(27L);
    }
    byte[] whole = Files.readAllBytes(segment(left));

    for (int length = ends.getFirst(); length <= ends.getLast(); length++) {
      Files.write(segment(left), Arrays.copyOf(Arrays.copyOf(whole, length), SEGMENT));
      int records = (int) ends.subList(1, 3).stream().filter(at(length)).count();
      assertSpent(left, spentBefore.get(records));
    }
  }

  private static java.util.function.Predicate<Integer> at(int length) {
    return end -> end <= length;
  }

  private void assertSpent(Path folder, long expected) throws IOException {
    Book book = Replay.read(new JournalFolder(folder), LocalLedger.RULES, Long.MAX_VALUE).book();
    book.settleInDoubt(book.clock());
    Account account = Objects.requireNonNull(book.find(TOKEN)).account;
    assertThat(account.standing(book.clock()).in(Window.TOTAL).spent().nanoUsd())
        .isEqualTo(expected);
  }

  @Test
  void damageWithinTheTailIsCutToo() throws IOException {
    Path folder = home.resolve("ledger");
    Path left;
    int start;
    try (Journal killed = open(folder)) {
      done(
          killed.ledger().settle(admitted(killed.ledger(), request("a", budget(99), 9)), known(7)));
      start = end(copy(folder));
      done(
          killed.ledger().settle(admitted(killed.ledger(), request("b", budget(99), 9)), known(8)));
      left = copy(folder);
    }
    byte[] whole = Files.readAllBytes(segment(left));
    start = recordAt(whole, start);
    int firstRecord = start + 8 + ByteBuffer.wrap(whole).getInt(start);

    for (int at = start; at < firstRecord; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Files.write(segment(left), damaged);
      assertSpent(left, 7);
    }
  }

  @Test
  void goesOnOverSegmentsAndCompactsThem() throws IOException {
    Path folder = home.resolve("ledger");
    JournalOptions small = options(folder).withSizes(SEGMENT, 2 * SEGMENT);
    try (Journal killed = Journal.open(small, () -> now)) {
      for (int call = 0; call < 5000; call++) {
        now = now.plusMillis(10);
        LocalLedger ledger = killed.ledger();
        // A burst that is quicker than the disk is refused for a moment.
        while (done(ledger.hold(request("probe", NOBODY, 0))) instanceof Admission.Unavailable) {
          Thread.onSpinWait();
        }
        done(ledger.settle(admitted(ledger, request("call-" + call, Limits.NONE, 9)), known(1)));
      }

      Awaitility.await()
          .until(() -> bytes(folder) <= 6L * SEGMENT + 2 * Files.size(folder.resolve("snapshot")));
      try (Journal again = open(copy(folder))) {
        assertThat(spent(again.ledger(), AccountId.EVERYTHING)).isEqualTo(5000);
        assertThat(again.inDoubt()).isZero();
      }
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void recordThatContradictsTheSnapshotRefusesToStart() throws IOException {
    Path folder = home.resolve("ledger");
    Path left;
    try (Journal killed = open(folder)) {
      admitted(killed.ledger(), request("a", budget(99), 9));
      left = copy(folder);
    }
    try (Journal other = open(home.resolve("other"))) {
      admitted(other.ledger(), request("a", budget(99), 9));
    }
    Files.copy(
        home.resolve("other/snapshot"),
        left.resolve("snapshot"),
        StandardCopyOption.REPLACE_EXISTING);
    byte[] snapshot = Files.readAllBytes(left.resolve("snapshot"));
    ByteBuffer.wrap(snapshot).putLong(12, 1).putLong(20, 1);
    CRC32C sum = new CRC32C();
    sum.update(snapshot, 0, snapshot.length - 4);
    ByteBuffer.wrap(snapshot).putInt(snapshot.length - 4, (int) sum.getValue());
    Files.write(left.resolve("snapshot"), snapshot);

    assertThatThrownBy(() -> open(left))
        .isInstanceOf(JournalUnusable.class)
        .hasMessageContaining("contradicts itself at record 1");
  }

  /** The first byte of the first record that ends after a byte. */
  private static int recordAt(byte[] content, int at) {
    int start = Segment.HEAD;
    while (start < at) {
      start += 8 + ByteBuffer.wrap(content).getInt(start);
    }
    return start;
  }

  private static Path segment(Path folder) {
    return new JournalFolder(folder).segment(1);
  }

  /** Where the records of the first segment end. */
  private static int end(Path folder) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(segment(folder)));
    int end = Segment.HEAD;
    while (content.getInt(end) != 0) {
      end += 8 + content.getInt(end);
    }
    // Zeros at the end of a record are there even when it was torn among them.
    while (content.get(end - 1) == 0) {
      end--;
    }
    return end;
  }
}
