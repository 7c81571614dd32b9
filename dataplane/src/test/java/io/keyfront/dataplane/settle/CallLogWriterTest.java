package io.keyfront.dataplane.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CallLogWriterTest {
  private static final int MEGABYTE = 1 << 20;

  /** A disk that takes nothing until it is told to. */
  private static final class StuckDisk extends OutputStream {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      reached.countDown();
      try {
        free.await();
      } catch (InterruptedException stopped) {
        throw new IOException(stopped);
      }
      taken.write(bytes, from, length);
    }

    String text() {
      return taken.toString(StandardCharsets.UTF_8);
    }
  }

  private static CallRecord weighing(int bytes) {
    return SomeRecords.answered("gpt-5", Optional.empty(), "x".repeat(bytes));
  }

  @Test
  void recordsBeyondTheBoundAreDroppedAndCountedAndTheOthersWritten() throws Exception {
    StuckDisk disk = new StuckDisk();
    try (CallLogWriter writer = new CallLogWriter(disk, new CallRecordJson())) {
      writer.record(weighing(1));
      disk.reached.await();

      for (int i = 0; i < 20; i++) {
        writer.record(weighing(MEGABYTE));
      }

      // A record weighs a little more than its detail, so one fewer than 16 fit.
      assertThat(writer.dropped()).isEqualTo(5);
      disk.free.countDown();
    }
    assertThat(disk.text()).hasLineCount(1 + 15);
  }

  @Test
  void thereIsRoomAgainOnceTheDiskHasTakenWhatWaited() throws Exception {
    StuckDisk disk = new StuckDisk();
    try (CallLogWriter writer = new CallLogWriter(disk, new CallRecordJson())) {
      writer.record(weighing(1));
      disk.reached.await();
      writer.record(weighing(CallLogWriter.MAX_WAITING_BYTES - 2000));
      writer.record(weighing(2000));
      assertThat(writer.dropped()).isEqualTo(1);

      disk.free.countDown();

      Awaitility.await().until(() -> disk.text().lines().count() == 2);
      writer.record(weighing(2000));
    }
    assertThat(disk.text()).hasLineCount(3);
  }

  @Test
  void recordThatComesAfterTheEndIsCountedAsLost() throws IOException {
    CallLogWriter writer = new CallLogWriter(new ByteArrayOutputStream(), new CallRecordJson());
    writer.close();

    writer.record(weighing(1));

    assertThat(writer.dropped()).isEqualTo(1);
  }
}
