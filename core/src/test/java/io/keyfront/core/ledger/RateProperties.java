package io.keyfront.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/** A rate beside the list of all that was taken, of which each sum is worked out anew. */
class RateProperties {
  private static final long START = 1_795_000_000_000_000L;
  private static final long MINUTE = Gcra.MINUTE;

  /** Of one call: what it took, and what of that counts by now. */
  private static final class Taken {
    private final long at;
    private final long advance;
    private long counts;

    Taken(long at, long advance) {
      this.at = at;
      this.advance = advance;
      this.counts = advance;
    }
  }

  private final List<Taken> all = new ArrayList<>();
  private final List<Taken> open = new ArrayList<>();
  private Rate rate = new Rate();
  private long now = START;

  @BeforeTry
  void begin() {
    all.clear();
    open.clear();
    rate = new Rate();
    now = START;
  }

  private boolean take(long advance) {
    if (Gcra.waitFor(rate.arrival(), now, advance) != 0) {
      return false;
    }
    rate.take(advance, now);
    Taken taken = new Taken(now, advance);
    all.add(taken);
    open.add(taken);
    return true;
  }

  private void giveBack(Taken taken, long advance) {
    open.remove(taken);
    taken.counts -= advance;
    rate.giveBack(advance, taken.at);
  }

  /** Had each call taken what counts of it. */
  private long exactArrival() {
    long arrival = 0;
    for (Taken each : all) {
      arrival = each.counts == 0 ? arrival : Math.max(arrival, each.at) + each.counts;
    }
    return arrival;
  }

  private void step(Random random, long most, int endsOfTen) {
    now += random.nextInt(3) == 0 ? 0 : random.nextLong(most);
    if (open.isEmpty() || random.nextInt(10) >= endsOfTen) {
      take(1 + random.nextLong(most));
    } else {
      Taken one = open.get(random.nextInt(open.size()));
      giveBack(one, random.nextBoolean() ? one.advance : random.nextLong(one.advance + 1));
    }
  }

  @Property(tries = 1_000)
  void arrivalTimeIsNeverBeforeThatOfWhatCallsUsed(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int endsOfTen) {
    Random random = new Random(seed);
    long most = MINUTE >> random.nextInt(8);
    for (int step = 0; step < 120; step++) {
      step(random, most, endsOfTen);
      assertThat(rate.arrival()).isGreaterThanOrEqualTo(exactArrival());
    }
    assertThatNoMorePassedInAnyTime();
  }

  /** One minute's worth, and what drains in the time. */
  private void assertThatNoMorePassedInAnyTime() {
    for (int from = 0; from < all.size(); from++) {
      long passed = 0;
      for (int to = from; to < all.size(); to++) {
        passed += all.get(to).counts;
        assertThat(passed).isLessThanOrEqualTo(MINUTE + all.get(to).at - all.get(from).at);
      }
    }
  }

  @Property(tries = 1_000)
  void arrivalTimeIsExactWhileAllMomentsAreKept(@ForAll long seed) {
    Random random = new Random(seed);
    while (all.size() < Rate.MOST) {
      step(random, MINUTE / 4, 5);
      assertThat(Math.max(now, rate.arrival())).isEqualTo(Math.max(now, exactArrival()));
    }
  }

  @Property(tries = 300)
  void rateMadeOfItsImageGoesOnAsItWas(@ForAll long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 80; step++) {
      step(random, MINUTE / 4, 4);
      Rate restored = new Rate();
      restored.restore(rate.image());
      rate = restored;
      assertThat(rate.image().since()).hasSizeLessThanOrEqualTo(Rate.MOST);
      assertThat(rate.arrival()).isGreaterThanOrEqualTo(exactArrival());
    }
  }

  @Example
  void whatComesBackLateDoesNotPassOnceMore() {
    assertThat(take(MINUTE)).isTrue();
    Taken first = open.getFirst();
    now += MINUTE;
    assertThat(take(MINUTE)).isTrue();

    giveBack(first, MINUTE);

    assertThat(take(1)).isFalse();
  }

  @Example
  void whatComesBackAtOncePassesOnceMoreThoughOthersCameMeanwhile() {
    assertThat(take(MINUTE / 2)).isTrue();
    Taken first = open.getFirst();
    now++;
    assertThat(take(MINUTE / 2)).isTrue();

    giveBack(first, MINUTE / 2);

    assertThat(take(MINUTE / 2)).isTrue();
  }

  /** Nothing is known of them: no more than before is given back. */
  @Example
  void whatWasTakenBeforeTheFirstMomentThatIsKnownDoesNotComeBack() {
    rate.restore(new AccountImage.Arrivals(now + MINUTE, List.of()));

    rate.giveBack(MINUTE, now);

    assertThat(rate.arrival()).isEqualTo(now + MINUTE);
  }
}
