package io.keyfront.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.notice.NoticeStore.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNoticesTest {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  private Path file() {
    return folder.resolve("notices");
  }

  private LocalNotices open() throws IOException {
    return LocalNotices.open(file(), () -> now);
  }

  private static Claim claim(LocalNotices notices, String key) {
    return notices.claim(key, LEASE).toCompletableFuture().join();
  }

  @Test
  void whatWasDeliveredStaysSoAfterARestart() throws IOException {
    try (LocalNotices notices = open()) {
      assertThat(claim(notices, "a")).isEqualTo(Claim.MINE);
      notices.delivered("a", DAY).toCompletableFuture().join();
      assertThat(claim(notices, "a")).isEqualTo(Claim.DELIVERED);
    }

    try (LocalNotices notices = open()) {
      assertThat(claim(notices, "a")).isEqualTo(Claim.DELIVERED);
      assertThat(claim(notices, "b")).isEqualTo(Claim.MINE);
    }
  }

  @Test
  void whatAKilledProcessHadOnlyClaimedIsDeliveredAfterItsNextStart() throws IOException {
    assertThat(claim(open(), "a")).isEqualTo(Claim.MINE);

    assertThat(claim(open(), "a")).isEqualTo(Claim.MINE);
  }

  @Test
  void markIsForgottenWhenItsTimeIsOver() throws IOException {
    try (LocalNotices notices = open()) {
      notices.delivered("a", DAY).toCompletableFuture().join();
    }
    now = now.plus(DAY);

    try (LocalNotices notices = open()) {
      assertThat(claim(notices, "a")).isEqualTo(Claim.MINE);
    }
    assertThat(file()).isEmptyFile();
  }

  @Test
  void lineThatAKillCutShortIsLeftOut() throws IOException {
    try (LocalNotices notices = open()) {
      notices.delivered("a", DAY).toCompletableFuture().join();
    }
    Files.writeString(file(), "17952642", StandardOpenOption.APPEND);

    try (LocalNotices notices = open()) {
      assertThat(claim(notices, "a")).isEqualTo(Claim.DELIVERED);
    }
  }

  @Test
  void fileDoesNotGrowWithWhatIsToldAgain() throws IOException {
    try (LocalNotices notices = open()) {
      for (int i = 0; i < 3_000; i++) {
        notices.delivered("a", DAY).toCompletableFuture().join();
      }
    }

    assertThat(Files.readAllLines(file())).hasSizeLessThan(1_100);
  }

  @Test
  void fileIsItsOwnersAlone() throws IOException {
    try (LocalNotices notices = open()) {
      notices.delivered("a", DAY).toCompletableFuture().join();
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }
}
