package io.keyfront.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final int RATE = 20;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A clock near the end of its range, as a nanosecond clock has any origin. */
  private long now = Long.MAX_VALUE - SECOND;

  private final Pace pace = new Pace(RATE, () -> now);

  @Test
  void asManyAsTheRateGoAtOnceAndThenNoneUntilASecondLater() {
    assertThat(taken()).isEqualTo(RATE);

    now += SECOND - 1;
    assertThat(pace.take()).isFalse();
    now += 1;
    assertThat(taken()).isEqualTo(RATE);
  }

  @Test
  void eachOneThatWentMakesRoomASecondAfterIt() {
    assertThat(pace.take()).isTrue();
    now += SECOND / 2;
    assertThat(taken()).isEqualTo(RATE - 1);

    now += SECOND / 2;
    assertThat(taken()).as("a second after the first one").isEqualTo(1);
    now += SECOND / 2;
    assertThat(taken()).as("a second after the others").isEqualTo(RATE - 1);
  }

  @Test
  void aLongPauseIsNotSavedUp() {
    assertThat(taken()).isEqualTo(RATE);

    now += 3600 * SECOND;

    assertThat(taken()).isEqualTo(RATE);
  }

  @Test
  void noSecondHasMoreThanTheRateHoweverOftenItIsAsked() {
    Random random = new Random(7);
    long start = now;
    List<Long> went = new ArrayList<>();

    while (now - start < 60 * SECOND) {
      now += random.nextLong(SECOND / 50);
      if (pace.take()) {
        went.add(now - start);
      }
    }

    assertThat(went).hasSizeGreaterThan(RATE * 50);
    for (int i = RATE; i < went.size(); i++) {
      assertThat(went.get(i) - went.get(i - RATE)).isGreaterThanOrEqualTo(SECOND);
    }
  }

  private int taken() {
    int taken = 0;
    while (pace.take()) {
      taken++;
    }
    return taken;
  }
}
