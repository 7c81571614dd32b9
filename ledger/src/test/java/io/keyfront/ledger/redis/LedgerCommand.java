package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Something that is asked of a ledger, and any of it. Calls and accounts are named by numbers. */
sealed interface LedgerCommand {
  record Ask(int call, List<Limits> limits, Amount amount) implements LedgerCommand {}

  /**
   * @param ago microseconds since the call is said to have been admitted
   */
  record End(int call, Settlement settlement, long ago) implements LedgerCommand {}

  record Abandon(int call) implements LedgerCommand {}

  record Renew(int call) implements LedgerCommand {}

  record Read(int account) implements LedgerCommand {}

  /** Time goes on, or back. */
  record Pass(Duration time, boolean toTheHour) implements LedgerCommand {
    private static final long HOUR = 3_600_000_000L;

    long from(long now) {
      long to = now + time.toNanos() / 1000;
      return toTheHour ? to - to % HOUR : to;
    }
  }

  static Arbitrary<LedgerCommand> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(10, ask()),
        Tuple.of(6, end()),
        Tuple.of(1, calls().map(Abandon::new)),
        Tuple.of(2, calls().map(Renew::new)),
        Tuple.of(2, Arbitraries.integers().between(0, 2).map(Read::new)),
        Tuple.of(4, pass()));
  }

  static Arbitrary<Instant> starts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            Instant.parse("2027-02-28T23:59:30Z"),
            Instant.parse("2028-02-29T12:00:00Z"),
            Instant.parse("2026-12-31T23:59:59.999999Z"),
            Instant.parse("2026-11-22T23:59:00Z")),
        Arbitraries.longs().between(946_684_800L, 4_102_444_800L).map(Instant::ofEpochSecond));
  }

  private static Arbitrary<Integer> calls() {
    return Arbitraries.integers().between(0, 7);
  }

  private static Arbitrary<LedgerCommand> ask() {
    return Combinators.combine(calls(), limits().list().ofSize(3), held()).as(Ask::new);
  }

  private static Arbitrary<Amount> held() {
    Arbitrary<Long> tokens =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.longs().between(0, 100)),
            Tuple.of(1, Arbitraries.of(0L, 99_999_999L, 100_000_001L)));
    Arbitrary<Long> usd =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.longs().between(0, 1000)),
            Tuple.of(1, Arbitraries.longs().between(0, 1L << 49)));
    return Combinators.combine(usd, tokens).as(Amount::new);
  }

  private static Arbitrary<Limits> limits() {
    Arbitrary<OptionalLong> perMinute =
        optional(
            Arbitraries.oneOf(
                Arbitraries.longs().between(101, 3000),
                Arbitraries.of(0L, 2L, 7L, 150L, 1_000_000L, Limits.MOST_PER_MINUTE)));
    Arbitrary<OptionalLong> concurrency = optional(Arbitraries.of(0L, 1L, 2L, 3L, 5L, 5L, 5L, 5L));
    return Combinators.combine(budget().optional(0.4), perMinute, perMinute, concurrency)
        .as(Limits::new);
  }

  private static Arbitrary<OptionalLong> optional(Arbitrary<Long> limit) {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.just(OptionalLong.empty())),
        Tuple.of(3, limit.map(OptionalLong::of)));
  }

  private static Arbitrary<Budget> budget() {
    Arbitrary<Long> usd =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 5000), Arbitraries.of(1000L, 1L << 50, Amount.MOST));
    Arbitrary<Long> tokens =
        Arbitraries.oneOf(Arbitraries.longs().between(0, 600), Arbitraries.of(500L, Amount.MOST));
    return Combinators.combine(
            usd.optional(0.8), tokens.optional(0.4), Arbitraries.of(Window.class))
        .filter((nano, many, window) -> nano.isPresent() || many.isPresent())
        .as((nano, many, window) -> new Budget(of(nano), of(many), window, OnLedgerLoss.DENY));
  }

  private static OptionalLong of(Optional<Long> number) {
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static Arbitrary<LedgerCommand> end() {
    Arbitrary<Amount> charge =
        Arbitraries.frequencyOf(
            Tuple.of(8, held()),
            Tuple.of(1, Arbitraries.just(new Amount(Amount.MOST, Amount.MOST))));
    Arbitrary<Long> tokens =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.longs().between(-3, 100)),
            Tuple.of(1, Arbitraries.of(Amount.MOST, Long.MAX_VALUE)));
    Arbitrary<Usage> usage = Combinators.combine(tokens, tokens).as(Usage::of);
    Arbitrary<Settlement> settlement =
        Arbitraries.oneOf(
            Combinators.combine(usage, charge).as(Settlement.Known::new),
            Combinators.combine(usage, charge).as(Settlement.InDoubt::new),
            Arbitraries.just(new Settlement.Released()));
    Arbitrary<Long> ago =
        Arbitraries.of(0L, 1_000_000L, 899_999_999L, 900_000_000L, 7_200_000_000L);
    return Combinators.combine(calls(), settlement, ago).as(End::new);
  }

  private static Arbitrary<LedgerCommand> pass() {
    Arbitrary<Duration> time =
        Arbitraries.oneOf(
            Arbitraries.longs()
                .between(1, 30_000_000L)
                .map(micros -> Duration.ofNanos(micros * 1000)),
            Arbitraries.of(
                Duration.ofSeconds(-5),
                Duration.ofHours(-2),
                Duration.ofSeconds(31),
                Duration.ofSeconds(60),
                Duration.ofSeconds(61),
                Duration.ofMinutes(15),
                Duration.ofMinutes(16),
                Duration.ofHours(1),
                Duration.ofDays(1),
                Duration.ofDays(6),
                Duration.ofDays(29),
                Duration.ofDays(400)));
    return Combinators.combine(time, Arbitraries.of(false, false, true)).as(Pass::new);
  }
}
