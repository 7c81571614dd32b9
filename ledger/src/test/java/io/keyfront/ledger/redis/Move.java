package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What may happen to a ledger, for {@link NaiveLedger} and the real ones alike. Calls are named by
 * numbers, which are taken modulo the calls there are.
 */
sealed interface Move {
  /**
   * A new call.
   *
   * @param accounts a bit for each that it claims
   * @param limits one for each account, as they are at this moment: each call may find them edited
   */
  record Ask(int accounts, List<Limits> limits, Amount amount) implements Move {}

  /** The same question once more, as its answer was lost. */
  record AskAgain(int call) implements Move {}

  /** Gives back a question that nobody asked yet; it is asked later. */
  record AbandonUnasked(int accounts, Amount amount) implements Move {}

  /** How a call ends. */
  enum End {
    KNOWN,
    IN_DOUBT,
    RELEASED
  }

  /**
   * @param times that the ledger is told, as its replies get lost
   */
  record Settle(int call, End end, Amount charge, int times) implements Move {}

  record Renew(int call) implements Move {}

  record Pass(Duration time) implements Move {}

  /** The process that made the calls dies, and another one goes on. */
  record Crash() implements Move {}

  static Arbitrary<List<Move>> some() {
    return Arbitraries.frequencyOf(
            Tuple.of(24, ask()),
            Tuple.of(3, calls().map(AskAgain::new)),
            Tuple.of(1, Combinators.combine(accounts(), amounts()).as(AbandonUnasked::new)),
            Tuple.of(16, settle()),
            Tuple.of(4, calls().map(Renew::new)),
            Tuple.of(7, pass()),
            Tuple.of(1, Arbitraries.just(new Crash())))
        .list()
        .ofMinSize(5)
        .ofMaxSize(80);
  }

  private static Arbitrary<Integer> calls() {
    return Arbitraries.integers().between(0, 1_000);
  }

  private static Arbitrary<Integer> accounts() {
    return Arbitraries.integers().between(1, 7);
  }

  private static Arbitrary<Amount> amounts() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 1_000), Arbitraries.longs().between(0, 100))
        .as(Amount::new);
  }

  private static Arbitrary<Move> ask() {
    return Combinators.combine(accounts(), limits().list().ofSize(3), amounts()).as(Ask::new);
  }

  private static Arbitrary<Limits> limits() {
    Arbitrary<Limits> budgets =
        Combinators.combine(
                Arbitraries.of(0L, 900L, 2_500L, 5_000L),
                Arbitraries.of(0L, 150L, 400L, 600L),
                Arbitraries.of(true, true, false),
                Arbitraries.of(Window.class))
            .as(
                (usd, tokens, money, window) ->
                    Limits.of(
                        new Budget(
                            money ? OptionalLong.of(usd) : OptionalLong.empty(),
                            money ? OptionalLong.empty() : OptionalLong.of(tokens),
                            window,
                            OnLedgerLoss.DENY)));
    Arbitrary<Limits> either =
        Arbitraries.frequencyOf(Tuple.of(3, budgets), Tuple.of(2, Arbitraries.just(Limits.NONE)));
    return Combinators.combine(either, Arbitraries.of(-1L, -1L, -1L, 0L, 1L, 2L, 4L))
        .as((limits, calls) -> calls < 0 ? limits : limits.withConcurrency(calls));
  }

  private static Arbitrary<Move> settle() {
    return Combinators.combine(
            calls(), Arbitraries.of(End.class), amounts(), Arbitraries.of(1, 1, 2, 3))
        .as(Settle::new);
  }

  private static Arbitrary<Move> pass() {
    return Arbitraries.of(
            Duration.ofMillis(1),
            Duration.ofSeconds(7),
            Duration.ofSeconds(20),
            Duration.ofSeconds(59),
            Duration.ofSeconds(60),
            Duration.ofSeconds(61),
            Duration.ofMinutes(3),
            Duration.ofMinutes(16),
            Duration.ofHours(1),
            Duration.ofHours(9),
            Duration.ofDays(1),
            Duration.ofDays(5),
            Duration.ofDays(31))
        .map(Pass::new);
  }
}
