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
import io.keyfront.core.ledger.Shortage;
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
 * Of what calls use, over any time t that one cares to look at: at most the limit, and the limit a
 * minute. A call under way counts with all that it may use. Only the moments of admissions are
 * looked at, no arrival times.
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

  /** What is known of a call by now. */
  private static final class Passed {
    private final Hold hold;
    private final long at;
    private long requests = 1;
    private long tokens;

    Passed(Hold hold, long at) {
      this.hold = hold;
      this.at = at;
      this.tokens = hold.amount().tokens();
    }
  }

  /** One account and what became of its calls. */
  private static final class Run {
    private final Ledger ledger;
    private final AccountId account = AccountId.token("rate-" + RUNS.incrementAndGet());
    private final Limits limits;
    private final List<Passed> all = new ArrayList<>();
    private final List<Passed> open = new ArrayList<>();
    private final List<Object> answers = new ArrayList<>();
    private int asked;

    Run(Ledger ledger, Limits limits) {
      this.ledger = ledger;
      this.limits = limits;
    }

    /** A busy machine may make Redis look away: asking again changes nothing. */
    private Admission ask(long tokens) {
      HoldRequest request =
          new HoldRequest(
              new HoldId(account.id() + "-" + ++asked, 1),
              List.of(new Claim(account, limits)),
              new Amount(1, tokens),
              Instant.MAX);
      Admission answer = done(ledger.hold(request));
      for (int more = 20; more > 0 && answer instanceof Admission.Unavailable; more--) {
        answer = done(ledger.hold(request));
      }
      if (answer instanceof Admission.Admitted(Hold hold, var headroom)) {
        Passed passed = new Passed(hold, CLOCK.get());
        all.add(passed);
        open.add(passed);
        answers.add(headroom);
      } else if (answer instanceof Admission.Denied(Shortage.Tokens shortage)) {
        answers.add(shortage.retryAfter());
      } else {
        answers.add(answer.getClass());
      }
      return answer;
    }

    /** Used in part, wholly, or never sent. */
    private void end(Passed call, int released, long used) {
      open.remove(call);
      call.requests = released == 0 ? 0 : 1;
      call.tokens = released == 0 ? 0 : used;
      Settlement known = new Settlement.Known(Usage.NONE, new Amount(1, used));
      done(ledger.settle(call.hold, released == 0 ? new Settlement.Released() : known));
    }

    private void step(Random random) {
      long requests = limits.requestsPerMinute().getAsLong();
      CLOCK.addAndGet(random.nextInt(4) == 0 ? 0 : random.nextLong(2 * MINUTE / requests + 2));
      if (!open.isEmpty() && random.nextInt(3) == 0) {
        Passed call = open.get(random.nextInt(open.size()));
        long held = call.hold.amount().tokens();
        end(call, random.nextInt(5), random.nextBoolean() ? held : random.nextLong(held + 1));
      } else if (ask(random.nextLong(limits.tokensPerMinute().getAsLong() / 4 + 1))
          instanceof Admission.Admitted) {
        assertNeverTooMuch();
      }
    }

    /** In any time that ends now. */
    private void assertNeverTooMuch() {
      long counted = 0;
      long weighed = 0;
      long requests = limits.requestsPerMinute().getAsLong();
      long tokens = limits.tokensPerMinute().getAsLong();
      for (Passed one : all.reversed()) {
        counted += one.requests;
        weighed += one.tokens;
        long time = CLOCK.get() - one.at;
        assertThat(counted * MINUTE)
            .as("requests within %d us, of %d a minute", time, requests)
            .isLessThanOrEqualTo(requests * (MINUTE + time));
        assertThat(weighed * MINUTE)
            .as("tokens within %d us, of %d a minute", time, tokens)
            .isLessThanOrEqualTo(tokens * (MINUTE + time));
      }
    }
  }

  @Property(tries = 150)
  void localLedgerLetsNoMorePassInAnyTime(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 400) int requests,
      @ForAll @IntRange(min = 50, max = 5_000) int tokens) {
    ran(LOCAL, seed, requests, tokens);
  }

  /** Nor does it give back less, or more, than the other one. */
  @Property(tries = 40)
  void sharedLedgerLetsNoMorePassInAnyTime(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 400) int requests,
      @ForAll @IntRange(min = 50, max = 5_000) int tokens) {
    long start = CLOCK.get();
    List<Object> shared = ran(SHARED, seed, requests, tokens);
    CLOCK.set(start);

    assertThat(shared)
        .isEqualTo(
            ran(LocalLedger.inMemory(() -> Micros.instant(CLOCK.get())), seed, requests, tokens));
  }

  private static List<Object> ran(Ledger ledger, long seed, long requests, long tokens) {
    Random random = new Random(seed);
    Limits limits = Limits.NONE.withRequestsPerMinute(requests).withTokensPerMinute(tokens);
    Run run = new Run(ledger, limits);
    for (int step = 0; step < 150; step++) {
      run.step(random);
    }
    for (Passed call : List.copyOf(run.open)) {
      run.end(call, 1, call.tokens);
    }
    return run.answers;
  }

  @Example
  void whatComesBackLateDoesNotPassOnceMore() {
    for (Ledger ledger : List.of(LOCAL, SHARED)) {
      Run run = new Run(ledger, Limits.NONE.withTokensPerMinute(60));
      run.ask(60);
      Passed first = run.open.getFirst();
      CLOCK.addAndGet(MINUTE / 2);
      assertThat(done(ledger.renew(List.of(first.hold)))).isEmpty();
      CLOCK.addAndGet(MINUTE / 2);
      run.ask(60);
      run.end(first, 1, 0);

      Admission third = run.ask(60);

      assertThat(third).isInstanceOf(Admission.Denied.class);
    }
  }

  @Example
  void whatComesBackBeforeItPassedMayPassThoughOthersCameMeanwhile() {
    for (Ledger ledger : List.of(LOCAL, SHARED)) {
      Run run = new Run(ledger, Limits.NONE.withTokensPerMinute(60));
      run.ask(30);
      CLOCK.incrementAndGet();
      run.ask(30);
      run.end(run.open.getFirst(), 1, 0);

      Admission third = run.ask(30);

      assertThat(third).isInstanceOf(Admission.Admitted.class);
    }
  }
}
