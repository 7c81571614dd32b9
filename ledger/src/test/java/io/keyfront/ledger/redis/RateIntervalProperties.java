package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.local.LocalLedger;
import io.keyfront.ledger.mark.Marks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Of everything that was admitted, over any time t that one cares to look at: at most the limit,
 * and the limit a minute, beside what calls gave back in that time. Only the moments of the
 * admissions and of the ends are looked at, no arrival times.
 */
class RateIntervalProperties {
  private static final Instant START = Instant.parse("2026-11-22T11:59:30Z");
  private static final long MINUTE = 60_000_000L;
  private static final AtomicLong RUNS = new AtomicLong();
  private static final AtomicLong CLOCK = new AtomicLong(Micros.of(START));
  private static final RedisProcess REDIS = RedisProcess.started();
  private static final RedisLedger SHARED =
      RedisLedger.connect(
          RedisSettings.of(REDIS.uri()).closing(Duration.ZERO),
          Clock.systemUTC(),
          Marks.none(),
          CLOCK::get);
  private static final LocalLedger LOCAL = LocalLedger.inMemory(() -> Micros.instant(CLOCK.get()));

  @AfterContainer
  static void stop() {
    SHARED.close();
    REDIS.close();
  }

  /** So much passed at a moment, or came back. */
  private record Passed(long at, long requests, long tokens, boolean back) {}

  @Property(tries = 150)
  void localLedgerLetsNoMorePassInAnyTime(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 400) int requests,
      @ForAll @IntRange(min = 50, max = 5_000) int tokens) {
    check(LOCAL, new Random(seed), requests, tokens);
  }

  @Property(tries = 40)
  void sharedLedgerLetsNoMorePassInAnyTime(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 400) int requests,
      @ForAll @IntRange(min = 50, max = 5_000) int tokens) {
    check(SHARED, new Random(seed), requests, tokens);
  }

  @Example
  void whatComesBackLateMayPassOnceMore() {
    Limits limits = Limits.NONE.withTokensPerMinute(60);
    AccountId account = AccountId.token("late-" + RUNS.incrementAndGet());
    List<Passed> all = new ArrayList<>();
    List<Hold> open = new ArrayList<>();

    ask(LOCAL, account, limits, 60, all, open);
    CLOCK.addAndGet(MINUTE / 2);
    assertThat(done(LOCAL.renew(open))).isEmpty();
    CLOCK.addAndGet(MINUTE / 2);
    ask(LOCAL, account, limits, 60, all, open);
    ask(LOCAL, account, limits, 60, all, open);
    assertThat(open).as("the third does not pass").hasSize(2);

    done(LOCAL.settle(open.getFirst(), new Settlement.Known(Usage.NONE, Amount.ZERO)));
    ask(LOCAL, account, limits, 60, all, open);

    assertThat(open).as("unless the first gives back what it did not use").hasSize(3);
  }

  private static void check(Ledger ledger, Random random, int requests, int tokens) {
    AccountId account = AccountId.token("rate-" + RUNS.incrementAndGet());
    Limits limits = Limits.NONE.withRequestsPerMinute(requests).withTokensPerMinute(tokens);
    List<Passed> all = new ArrayList<>();
    List<Hold> open = new ArrayList<>();
    for (int step = 0; step < 150; step++) {
      CLOCK.addAndGet(random.nextInt(4) == 0 ? 0 : random.nextLong(2 * MINUTE / requests + 2));
      if (!open.isEmpty() && random.nextInt(3) == 0) {
        all.add(ended(ledger, open.remove(random.nextInt(open.size())), random));
      } else {
        ask(ledger, account, limits, random.nextLong(tokens / 4 + 1), all, open);
      }
    }
    for (Hold hold : open) {
      done(ledger.settle(hold, new Settlement.Known(Usage.NONE, hold.amount())));
    }
    assertNeverTooMuch(all, requests, tokens);
  }

  private static void ask(
      Ledger ledger,
      AccountId account,
      Limits limits,
      long tokens,
      List<Passed> all,
      List<Hold> open) {
    HoldRequest request =
        new HoldRequest(
            new HoldId(account.id() + "-" + all.size() + "-" + open.size(), 1),
            List.of(new Claim(account, limits)),
            new Amount(1, tokens),
            Instant.MAX);
    if (done(ledger.hold(request)) instanceof Admission.Admitted(Hold hold, var headroom)) {
      all.add(new Passed(CLOCK.get(), 1, tokens, false));
      open.add(hold);
    }
  }

  /** Used in part, wholly, or never sent. */
  private static Passed ended(Ledger ledger, Hold hold, Random random) {
    long held = hold.amount().tokens();
    if (random.nextInt(5) == 0) {
      done(ledger.settle(hold, new Settlement.Released()));
      return new Passed(CLOCK.get(), 1, held, true);
    }
    long used = random.nextBoolean() ? held : random.nextLong(held + 1);
    Settlement known = new Settlement.Known(Usage.NONE, new Amount(1, used));
    done(ledger.settle(hold, known));
    return new Passed(CLOCK.get(), 0, held - used, true);
  }

  /** What came back within the time may pass once more in it. */
  private static void assertNeverTooMuch(List<Passed> all, long requests, long tokens) {
    for (int from = 0; from < all.size(); from++) {
      long counted = 0;
      long weighed = 0;
      for (int to = from; to < all.size(); to++) {
        Passed one = all.get(to);
        counted += one.back ? -one.requests : one.requests;
        weighed += one.back ? -one.tokens : one.tokens;
        long time = one.at - all.get(from).at;
        assertThat(counted * MINUTE)
            .as("requests within %d us, of %d a minute", time, requests)
            .isLessThanOrEqualTo(requests * (MINUTE + time));
        assertThat(weighed * MINUTE)
            .as("tokens within %d us, of %d a minute", time, tokens)
            .isLessThanOrEqualTo(tokens * (MINUTE + time));
      }
    }
  }
}
