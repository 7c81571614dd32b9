package io.keyfront.ledger.local;

import static io.keyfront.ledger.local.Calls.TOKEN;
import static io.keyfront.ledger.local.Calls.standing;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.AccountImage;
import io.keyfront.core.ledger.Amount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What earlier versions wrote is read. */
class SnapshotVersionsTest {
  @TempDir Path home;

  /** It knew nothing of a rate but its arrival time, so nothing is given back of what it had. */
  @Test
  void aSnapshotOfTheFirstVersionIsReadAsItWas() throws IOException {
    AccountImage.Arrivals tokens = new AccountImage.Arrivals(7_000_000, List.of());
    AccountImage image =
        new AccountImage(
            AccountId.token("t"),
            5_000_000,
            new AccountImage.Arrivals(6_000_000, List.of()),
            tokens,
            new AccountImage.Used(1, 2, 3, 0, 5_000_000, Amount.ZERO),
            new Account(AccountId.token("t"), LocalLedger.RULES).image().windows(),
            List.of(),
            List.of());
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    ImageFormat.write(new DataOutputStream(second), image);
    // Without how many moments each of the two rates knows.
    byte[] first = Arrays.copyOf(second.toByteArray(), second.size() - 8);

    AccountImage read = ImageFormat.read(new DataInputStream(new ByteArrayInputStream(first)), 1);

    assertThat(read).isEqualTo(image);
  }

  @Test
  void aSnapshotFileOfTheFirstVersionIsRead() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(40);
    file.putLong(0x4b46_534e_4150_5348L).putInt(1).putLong(1).putLong(1).putInt(0);
    CRC32C checksum = new CRC32C();
    checksum.update(file.array(), 0, file.position());
    byte[] content = Arrays.copyOf(file.putInt((int) checksum.getValue()).array(), file.position());
    Files.write(home.resolve("snapshot"), content);

    JournalOptions options = JournalOptions.in(home).withSizes(64 * 1024, 128 * 1024);
    try (Journal journal = Journal.open(options, () -> Calls.START)) {
      assertThat(standing(journal.ledger(), TOKEN).totals().requests()).isZero();
    }
  }
}
