package io.keyfront.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The account's own maps do what a linked hash map does. */
class CallMapsProperties {
  private static final int MEMORY = 400;

  private static HoldId call(Random random, int calls) {
    // Calls whose ids have the same hash, by the pair.
    int number = random.nextInt(calls);
    return new HoldId((number % 2 == 0 ? "Aa" : "BB") + number / 2, 1);
  }

  @Property(tries = 300)
  void heldCallsKeepTheOrderOfTheirLeases(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int calls) {
    Random random = new Random(seed);
    HeldCalls held = new HeldCalls();
    Map<HoldId, AccountImage.Open> model = new LinkedHashMap<>();
    for (int step = 0; step < 2_000; step++) {
      HoldId call = call(random, calls);
      AccountImage.Open before = model.get(call);
      assertThat(held.contains(call)).isEqualTo(before != null);
      if (before == null) {
        Amount amount = new Amount(step, 1);
        held.add(call, amount, step, step, 3, 4);
        model.put(call, new AccountImage.Open(call, amount, step, step, 3, 4));
      } else if (random.nextBoolean()) {
        assertThat(held.renew(call, step)).isTrue();
        model.remove(call);
        model.put(
            call, new AccountImage.Open(call, before.amount(), before.admitted(), step, 3, 4));
      } else {
        HeldCalls.Held removed = Objects.requireNonNull(held.remove(call));
        assertThat(removed.image()).isEqualTo(before);
        assertThat(held.remove(call)).isNull();
        assertThat(held.renew(call, step)).isFalse();
        model.remove(call);
      }
      assertThat(held.size()).isEqualTo(model.size());
    }
    assertThat(held.image()).isEqualTo(new ArrayList<>(model.values()));
  }

  @Property(tries = 300)
  void endedCallsAreKnownForTheirTimeAndNoLonger(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int calls) {
    Random random = new Random(seed);
    EndedCalls ended = new EndedCalls(MEMORY);
    Map<HoldId, AccountImage.Ended> model = new LinkedHashMap<>();
    long now = 0;
    for (int step = 0; step < 2_000; step++) {
      now += random.nextInt(200) == 0 ? MEMORY : random.nextInt(3);
      long moment = now;
      ended.forget(now);
      model.values().removeIf(end -> end.at() + MEMORY <= moment);
      HoldId call = call(random, calls);
      AccountImage.Ended before = model.get(call);
      assertThat(ended.knows(call)).isEqualTo(before != null);
      if (before == null && random.nextBoolean()) {
        ended.settled(call, now);
        model.put(call, new AccountImage.Ended(call, now, false, Amount.ZERO, 0));
      } else if (before == null) {
        Amount charged = new Amount(step, 2);
        ended.swept(call, charged, step, now);
        model.put(call, new AccountImage.Ended(call, now, true, charged, step));
      } else if (random.nextBoolean()) {
        EndedCalls.Swept swept = ended.takeSwept(call);
        assertThat(swept != null).isEqualTo(before.swept());
        if (swept != null) {
          assertThat(swept.charged()).isEqualTo(before.charged());
          model.remove(call);
        }
      }
    }
    List<AccountImage.Ended> image = ended.image();
    assertThat(image).isEqualTo(new ArrayList<>(model.values()));
    EndedCalls restored = new EndedCalls(MEMORY);
    restored.restore(image);
    assertThat(restored.image()).isEqualTo(image);
  }
}
