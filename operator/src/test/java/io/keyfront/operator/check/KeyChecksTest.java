package io.keyfront.operator.check;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.operator.observe.ObjectName;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyChecksTest {
  private static final ObjectName NAME = new ObjectName("team", "one");

  private final FakeProvider provider = FakeProvider.start();
  private final ManualClock clock = ManualClock.at("2026-11-22T12:00:00Z");
  private final List<ObjectName> told = new CopyOnWriteArrayList<>();
  private final KeyChecks checks =
      new KeyChecks(Duration.ofSeconds(20), (kind, name) -> told.add(name), clock);

  @AfterEach
  void end() {
    checks.close();
    provider.close();
  }

  private Optional<KeyAnswer> known(String key) {
    return checks.of(NAME, Upstreams.at("openai", provider.uri().toString(), key));
  }

  @Test
  void answerComesBesideTheCallAndIsTold() {
    assertThat(known("sk-fake-1")).isEmpty();

    await().until(() -> told.equals(List.of(NAME)));

    assertThat(known("sk-fake-1")).contains(new KeyAnswer.Taken());
  }

  @Test
  void oneKeyIsTriedOnceAnHour() {
    known("sk-fake-1");
    await().until(() -> told.size() == 1);

    for (int i = 0; i < 100; i++) {
      known("sk-fake-1");
    }
    clock.advance(KeyChecks.AGAIN.minusSeconds(1));
    known("sk-fake-1");
    assertThat(provider.requests()).hasSize(1);

    clock.advance(Duration.ofSeconds(1));
    assertThat(known("sk-fake-1")).contains(new KeyAnswer.Taken());
    await().until(() -> told.size() == 2);
    assertThat(provider.requests()).hasSize(2);
  }

  @Test
  void anotherKeyIsTriedAtOnceAndTheFormerAnswerIsForgotten() {
    provider.acceptOnly("sk-fake-1");
    known("sk-fake-1");
    await().until(() -> told.size() == 1);

    assertThat(known("sk-fake-2")).isEmpty();
    await().until(() -> told.size() == 2);

    assertThat(known("sk-fake-2")).contains(new KeyAnswer.Refused(401));
  }
}
