package io.keyfront.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.money.Usage;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** An account made of an image is the account. */
class AccountImageProperties {
  private static final Account.Rules RULES =
      new Account.Rules(Duration.ofSeconds(20), Duration.ofSeconds(50), true);
  private static final Limits LIMITS =
      Limits.of(
              new Budget(
                  OptionalLong.of(9_000), OptionalLong.of(900), Window.HOUR, OnLedgerLoss.DENY))
          .withRequestsPerMinute(40)
          .withTokensPerMinute(500);

  private long now = 1_795_000_000_000_000L;

  @Property(tries = 200)
  void restoredAccountGoesOnAsTheOneItWasTakenOf(
      @ForAll long seed, @ForAll @IntRange(max = 60) int before) {
    Account kept = new Account(AccountId.token("t"), RULES);
    Random random = new Random(seed);
    for (int step = 0; step < before; step++) {
      step(random, kept, kept);
    }

    Account restored = new Account(kept.image(), RULES);

    assertThat(restored.image()).isEqualTo(kept.image());
    for (int step = 0; step < 60; step++) {
      step(random, kept, restored);
    }
    assertThat(restored.image()).isEqualTo(kept.image());
    assertThat(restored.standing(now)).isEqualTo(kept.standing(now));
  }

  private void step(Random random, Account one, Account other) {
    now += random.nextLong(random.nextInt(20) == 0 ? 3_600_000_000L : 9_000_000L);
    HoldId call = new HoldId("call-" + random.nextInt(12), 1);
    Amount amount = new Amount(random.nextLong(3_000), random.nextLong(200));
    long admitted = now - random.nextLong(100_000_000L);
    int what = random.nextInt(6);
    Shortage first = act(one, what, call, amount, admitted);
    if (one != other) {
      assertThat(act(other, what, call, amount, admitted)).isEqualTo(first);
    }
  }

  private @Nullable Shortage act(
      Account account, int what, HoldId call, Amount amount, long admitted) {
    switch (what) {
      case 0 -> account.settle(call, new Settlement.Known(Usage.of(3, 4), amount), admitted, now);
      case 1 -> account.settle(call, new Settlement.Released(), admitted, now);
      case 2 -> account.renew(call, now);
      default -> {
        Shortage shortage = account.look(call, LIMITS, amount, now);
        if (shortage == null) {
          account.place(call, LIMITS, amount, now);
        }
        return shortage;
      }
    }
    return null;
  }
}
