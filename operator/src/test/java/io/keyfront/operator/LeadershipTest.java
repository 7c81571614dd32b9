package io.keyfront.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Leadership leadership = new Leadership(Map.of("first", working("first")), () -> {});

  private Runnable working(String name) {
    return () -> {
      running.add(name);
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.park();
      }
      running.remove(name);
    };
  }

  @AfterEach
  void end() {
    leadership.end();
  }

  @Test
  void workBeginsWithTheLeadAndEndsWithIt() {
    leadership.add("second", working("second"));
    assertThat(leadership.isHeld()).isFalse();
    assertThat(running).isEmpty();

    leadership.take();
    await().atMost(SOON).until(() -> running.size() == 2);
    leadership.add("third", working("third"));
    await().atMost(SOON).until(() -> running.contains("third"));
    assertThat(leadership.isAlive()).isTrue();

    leadership.end();
    await().atMost(SOON).until(running::isEmpty);
  }

  @Test
  void nothingBeginsAfterTheEnd() {
    leadership.end();

    leadership.take();
    leadership.add("late", working("late"));

    assertThat(leadership.isHeld()).isFalse();
    assertThat(running).isEmpty();
  }

  @Test
  void workThatEndedByItselfIsSeen() {
    leadership.add("broken", () -> {});

    leadership.take();

    await().atMost(SOON).until(() -> !leadership.isAlive());
  }
}
