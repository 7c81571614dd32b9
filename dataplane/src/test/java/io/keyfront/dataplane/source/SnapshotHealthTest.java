package io.keyfront.dataplane.source;

import static io.keyfront.dataplane.source.SomeParts.base;
import static io.keyfront.dataplane.source.SomeParts.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.dataplane.manage.Readiness;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotHealthTest {
  private final LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
  private final AtomicReference<List<String>> notes = new AtomicReference<>(List.of());
  private final SnapshotHealth health =
      new SnapshotHealth(live, new SimpleMeterRegistry(), InstantSource.system(), notes::get);

  @AfterEach
  void close() {
    live.close();
  }

  private Readiness now() {
    return Readiness.of(false, health, "digest", 0);
  }

  @Test
  void itIsReadyOnceItHasABase() {
    assertThat(now().ready()).isFalse();
    assertThat(now().json()).contains("\"reason\":\"waiting for part base\"");

    tell(live.start(), base(0), 7);

    await().until(() -> now().ready());
    assertThat(now().json()).endsWith("\"parts\":{\"loaded\":{\"base\":7},\"refused\":{}}}");
  }

  @Test
  void whatDoesNotWorkIsSaidAlthoughItIsReady() {
    tell(live.start(), base(0), 7);
    await().until(() -> now().ready());

    notes.set(List.of("64 of 64 shards of marks could not be read: \"away\"", "And more."));

    assertThat(now().ready()).isTrue();
    assertThat(now().json())
        .endsWith(
            ",\"notes\":[\"64 of 64 shards of marks could not be read: \\\"away\\\"\",\"And more.\"]}");
  }
}
