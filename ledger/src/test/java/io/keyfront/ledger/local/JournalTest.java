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

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Standing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {
  @TempDir Path home;
  private Instant now = Calls.START;

  private JournalOptions options() {
    return JournalOptions.in(home.resolve("ledger")).withSizes(64 * 1024, 128 * 1024);
  }

  private Journal open() throws IOException {
    return Journal.open(options(), () -> now);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("ledger"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void restartKnowsWhatWasSpentAndChargesWhatWasHeld(Fsync fsync) throws IOException {
    try (Journal journal = Journal.open(options().withFsync(fsync), () -> now)) {
      done(
          journal
              .ledger()
              .settle(admitted(journal.ledger(), request("a", budget(99), 9)), known(7)));
      admitted(journal.ledger(), request("b", budget(99), 30));
    }

    try (Journal again = Journal.open(options().withFsync(fsync), () -> now)) {
      assertThat(again.inDoubt()).isEqualTo(1);
      assertThat(Calls.ALL).allSatisfy(id -> assertThat(spent(again.ledger(), id)).isEqualTo(37));
      Standing standing = standing(again.ledger(), TOKEN);
      assertThat(standing.inFlight()).isZero();
      assertThat(standing.totals().requests()).isEqualTo(2);
      assertThat(standing.totals().inDoubt()).isEqualTo(1);
    }
  }

  @Test
  void holdIsChargedOnceHoweverOftenTheServerStarts() throws IOException {
    try (Journal journal = open()) {
      admitted(journal.ledger(), request("b", budget(99), 30));
    }
    open().close();
    open().close();

    try (Journal again = open()) {
      assertThat(spent(again.ledger(), TOKEN)).isEqualTo(30);
    }
  }

  @Test
  void idOfAnEndedCallIsKnownAfterARestart() throws IOException {
    Hold hold;
    try (Journal journal = open()) {
      hold = admitted(journal.ledger(), request("a", budget(99), 9));
      done(journal.ledger().settle(hold, known(7)));
    }

    try (Journal again = open()) {
      done(again.ledger().settle(hold, known(7)));

      assertThat(spent(again.ledger(), TOKEN)).isEqualTo(7);
    }
  }

  @Test
  void filesAreTheirOwnersAlone() throws IOException {
    try (Journal journal = open()) {
      assertThat(journal.ledger().inFlight()).isZero();
      for (Path file : files()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("ledger"))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void closedLedgerAdmitsNothing() throws IOException {
    Journal journal = open();
    journal.close();

    assertThat(done(journal.ledger().hold(request("a", Limits.NONE, 1))))
        .isEqualTo(new Admission.Unavailable("The ledger is closed."));
  }

  @Test
  void idsThatTakeTooMuchOfASegmentAreUnavailable() throws IOException {
    try (Journal journal = open()) {
      AccountId endless = AccountId.token("x".repeat(5000));
      HoldRequest request =
          new HoldRequest(
              new HoldId("a", 1),
              List.of(new Claim(endless, Limits.NONE)),
              Amount.ZERO,
              Instant.MAX);

      assertThat(done(journal.ledger().hold(request)))
          .isInstanceOfSatisfying(
              Admission.Unavailable.class,
              why -> assertThat(why.detail()).endsWith("journal takes 4096 at most."));
    }
  }

  @Test
  void idsMayHoldAnyCharacters() throws IOException {
    AccountId odd = AccountId.token("é Ω \ud83d \n \0");
    HoldId call = new HoldId("☃", 2);
    HoldRequest request =
        new HoldRequest(call, List.of(new Claim(odd, Limits.NONE)), new Amount(5, 1), Instant.MAX);
    try (Journal journal = open()) {
      admitted(journal.ledger(), request);
    }

    try (Journal again = open()) {
      assertThat(spent(again.ledger(), odd)).isEqualTo(5);
    }
  }

  @Test
  void damagedSnapshotRefusesToStartAndNamesTheFix() throws IOException {
    open().close();
    Path snapshot = home.resolve("ledger/snapshot");
    byte[] content = Files.readAllBytes(snapshot);
    content[content.length / 2] ^= 1;
    Files.write(snapshot, content);

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalUnusable.class)
        .hasMessage(
            "%s is damaged: its checksum is wrong. Put back a copy of the folder %s, or delete it whole: the ledger then begins with nothing spent.",
            snapshot, home.resolve("ledger"));
  }

  @Test
  void everyShorterSnapshotRefusesToStart() throws IOException {
    open().close();
    Path snapshot = home.resolve("ledger/snapshot");
    byte[] content = Files.readAllBytes(snapshot);

    for (int length = 0; length < content.length; length++) {
      Files.write(snapshot, Arrays.copyOf(content, length));
      assertThatThrownBy(this::open).isInstanceOf(JournalUnusable.class);
    }
  }

  @Test
  void missingSnapshotRefusesToStart() throws IOException {
    open().close();
    Files.delete(home.resolve("ledger/snapshot"));

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalUnusable.class)
        .hasMessageContaining("snapshot is missing, and there are files that follow it.");
  }

  @Test
  void unknownVersionIsRefused() throws IOException {
    open().close();
    Path snapshot = home.resolve("ledger/snapshot");
    byte[] content = Files.readAllBytes(snapshot);
    ByteBuffer.wrap(content).putInt(8, 3);
    Files.write(snapshot, content);

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalUnusable.class)
        .hasMessageContaining("snapshot has format 3, and this Keyfront knows none above 2");
  }

  @Test
  void unknownVersionOfASegmentIsRefused() throws IOException {
    open().close();
    Path segment = files().getFirst();
    byte[] content = Files.readAllBytes(segment);
    ByteBuffer.wrap(content).putInt(8, 2);
    Files.write(segment, content);

    assertThatThrownBy(this::open)
        .isInstanceOf(JournalUnusable.class)
        .hasMessageContaining(segment.getFileName() + " has format 2");
  }

  /** Whoever signs session tokens names as many subjects as he likes. */
  @Test
  void aSessionThatNobodyUsedForLongIsForgottenAtTheNextStart() throws IOException {
    AccountId gone = AccountId.token("backend/user-1");
    AccountId back = AccountId.token("backend/user-2");
    AccountId token = AccountId.token("uid-of-a-token");
    try (Journal journal = open()) {
      List.of(gone, back, token).forEach(account -> use(journal.ledger(), account));
      now = now.plus(Duration.ofDays(1));
      use(journal.ledger(), back);
    }
    now = now.plus(Journal.SESSION_MEMORY).minusSeconds(1);

    try (Journal again = open()) {
      assertThat(spent(again.ledger(), gone)).isZero();
      assertThat(spent(again.ledger(), back)).isEqualTo(14);
      assertThat(spent(again.ledger(), token)).isEqualTo(7);
      use(again.ledger(), back);
    }
    try (Journal again = open()) {
      assertThat(spent(again.ledger(), back)).isEqualTo(21);
      assertThat(spent(again.ledger(), token)).isEqualTo(7);
    }
  }

  private void use(LocalLedger ledger, AccountId account) {
    HoldRequest request =
        new HoldRequest(
            new HoldId(account.id() + now, 1),
            List.of(new Claim(account, Limits.NONE)),
            new Amount(9, 100),
            Instant.MAX);
    done(ledger.settle(admitted(ledger, request), known(7)));
  }

  @Test
  void sweptHoldIsKnownToTheJournal() throws IOException {
    try (Journal journal = open()) {
      admitted(journal.ledger(), request("a", budget(99), 9));
      now = now.plus(Duration.ofSeconds(60));
      journal.ledger().sweep();
      now = now.plus(Duration.ofSeconds(600));
    }

    try (Journal again = open()) {
      assertThat(again.inDoubt()).isZero();
      assertThat(standing(again.ledger(), TOKEN).totals().lastUsed())
          .hasValue(Calls.START.plusSeconds(60));
    }
  }
}
