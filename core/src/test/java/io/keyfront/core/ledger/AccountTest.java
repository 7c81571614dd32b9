package io.keyfront.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.money.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AccountTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final Account.Rules RULES =
      new Account.Rules(Duration.ofSeconds(60), Duration.ofMinutes(15), true);
  private static final Limits DOLLAR = usd(1_000_000_000L, Window.DAY);

  private final Account account = new Account(AccountId.token("t"), RULES);
  private long now = Micros.of(START);
  private int calls;

  private static Limits usd(long nano, Window window) {
    return Limits.of(
        new Budget(OptionalLong.of(nano), OptionalLong.empty(), window, OnLedgerLoss.DENY));
  }

  private static Amount cents(long cents) {
    return new Amount(cents * 10_000_000L, 100);
  }

  private HoldId admitted(Limits limits, Amount amount) {
    HoldId call = new HoldId("call-" + ++calls, 1);
    assertThat(account.look(call, limits, amount, now)).isNull();
    account.place(call, limits, amount, now);
    return call;
  }

  private void settle(HoldId call, Settlement settlement) {
    account.settle(call, settlement, now, now);
  }

  private static Settlement known(long cents) {
    return new Settlement.Known(Usage.of(60, 40), cents(cents));
  }

  private void pass(Duration time) {
    now += time.toNanos() / 1000;
  }

  private WindowSpend in(Window window) {
    return account.standing(now).in(window);
  }

  @Test
  void holdsThatTogetherExceedTheBudgetAreNotBothAdmitted() {
    admitted(DOLLAR, cents(60));

    Shortage second = account.look(new HoldId("other", 1), DOLLAR, cents(60), now);

    assertThat(second)
        .isEqualTo(
            new Shortage.OverBudget(
                AccountId.token("t"),
                Shortage.Measure.NANO_USD,
                600_000_000L,
                1_000_000_000L,
                0,
                600_000_000L,
                Optional.of(Instant.parse("2026-11-22T00:00:00Z"))));
  }

  @Test
  void knownUsageReplacesWhatWasHeld() {
    HoldId call = admitted(DOLLAR, cents(60));

    settle(call, known(10));

    assertThat(in(Window.DAY).spent()).isEqualTo(cents(10));
    assertThat(in(Window.DAY).held()).isEqualTo(Amount.ZERO);
    assertThat(account.totals().inputTokens()).isEqualTo(60);
  }

  @Test
  void aSecondSettlementChangesNothing() {
    HoldId call = admitted(DOLLAR, cents(60));
    settle(call, known(10));

    settle(call, known(50));
    settle(call, new Settlement.Released());

    assertThat(in(Window.DAY).spent()).isEqualTo(cents(10));
    assertThat(account.totals().requests()).isEqualTo(1);
  }

  @Test
  void attemptsOfOneCallAreHeldAndChargedEachForItself() {
    HoldId first = new HoldId("call", 1);
    HoldId second = new HoldId("call", 2);
    account.place(first, DOLLAR, cents(30), now);
    account.place(second, DOLLAR, cents(40), now);
    assertThat(in(Window.DAY).held().nanoUsd()).isEqualTo(cents(70).nanoUsd());

    settle(first, new Settlement.InDoubt(Usage.NONE, cents(30)));
    settle(second, known(10));

    assertThat(in(Window.DAY).spent().nanoUsd()).isEqualTo(cents(40).nanoUsd());
    assertThat(in(Window.DAY).held()).isEqualTo(Amount.ZERO);
    assertThat(account.totals().requests()).isEqualTo(2);
  }

  @Test
  void usageBeyondTheHoldIsChargedWholeAndCountedAsOverrun() {
    HoldId call = admitted(DOLLAR, cents(60));

    settle(call, known(130));

    assertThat(in(Window.DAY).spent()).isEqualTo(cents(130));
    assertThat(account.standing(now).overrun()).isEqualTo(new Amount(700_000_000L, 0));
  }

  @Test
  void aHoldWhoseLeaseEndsIsChargedInFullAndALateSettlementCorrectsIt() {
    HoldId call = admitted(DOLLAR, cents(60));
    pass(Duration.ofSeconds(61));
    assertThat(in(Window.DAY).spent()).isEqualTo(cents(60));
    assertThat(account.totals().inDoubt()).isEqualTo(1);

    settle(call, known(10));

    assertThat(in(Window.DAY).spent()).isEqualTo(cents(10));
    assertThat(account.totals().inDoubt()).isZero();
    assertThat(account.totals().requests()).isEqualTo(1);
  }

  @Test
  void aRenewedHoldIsNotSwept() {
    HoldId call = admitted(DOLLAR, cents(60));
    pass(Duration.ofSeconds(50));
    assertThat(account.renew(call, now)).isTrue();
    pass(Duration.ofSeconds(50));

    assertThat(in(Window.DAY).held()).isEqualTo(cents(60));
    assertThat(in(Window.DAY).spent()).isEqualTo(Amount.ZERO);
  }

  @Test
  void aHoldWhoseLeaseEndedIsHeldAgainWhenItsCallTurnsOutToGoOn() {
    HoldId call = admitted(DOLLAR.withConcurrency(1), cents(60));
    pass(Duration.ofSeconds(61));
    assertThat(in(Window.DAY).spent()).isEqualTo(cents(60));

    assertThat(account.renew(call, now)).isTrue();

    assertThat(in(Window.DAY).held()).isEqualTo(cents(60));
    assertThat(in(Window.DAY).spent()).isEqualTo(Amount.ZERO);
    assertThat(account.totals().requests()).isZero();
    Shortage second =
        account.look(new HoldId("other", 1), DOLLAR.withConcurrency(1), cents(1), now);
    assertThat(second).isInstanceOf(Shortage.Concurrency.class);
    settle(call, known(10));
    settle(call, known(10));
    assertThat(in(Window.DAY).spent()).isEqualTo(cents(10));
  }

  @Test
  void aCallThatEndedIsNotHeldAgain() {
    HoldId call = admitted(DOLLAR, cents(60));
    pass(Duration.ofSeconds(61));
    settle(call, known(10));

    assertThat(account.renew(call, now)).isFalse();
    assertThat(in(Window.DAY).held()).isEqualTo(Amount.ZERO);
  }

  @Test
  void aCallIsChargedInTheWindowThatAdmittedIt() {
    HoldId call = admitted(usd(1_000_000_000L, Window.HOUR), cents(60));
    pass(Duration.ofSeconds(59));
    for (int minute = 0; minute < 61; minute++) {
      account.renew(call, now);
      pass(Duration.ofSeconds(59));
    }

    assertThat(in(Window.HOUR).held()).isEqualTo(Amount.ZERO);
    settle(call, known(10));

    assertThat(in(Window.HOUR).spent()).isEqualTo(Amount.ZERO);
    assertThat(in(Window.DAY).spent()).isEqualTo(cents(10));
  }

  @Test
  void aReleaseThatCameFirstLeavesATombstoneForItsRequest() {
    HoldId call = new HoldId("lost", 1);
    settle(call, new Settlement.Released());

    assertThat(account.look(call, DOLLAR, cents(1), now))
        .isEqualTo(new Shortage.TooLate(AccountId.token("t")));
  }

  @Test
  void aSettlementOfALostHoldIsCharged() {
    settle(new HoldId("lost", 1), known(10));

    assertThat(in(Window.TOTAL).spent()).isEqualTo(cents(10));
  }

  @Test
  void aSettlementOlderThanTheMemoryIsNotChargedAgain() {
    long longAgo = now;
    pass(Duration.ofMinutes(16));

    account.settle(new HoldId("forgotten", 1), known(10), longAgo, now);

    assertThat(in(Window.TOTAL).spent()).isEqualTo(Amount.ZERO);
  }

  @Test
  void aBudgetOfZeroAllowsNothingNotEvenAFreeCall() {
    assertThat(account.look(new HoldId("free", 1), usd(0, Window.TOTAL), Amount.ZERO, now))
        .isInstanceOf(Shortage.OverBudget.class);
  }

  @Test
  void aSpentBudgetStillAllowsAFreeCall() {
    settle(admitted(DOLLAR, cents(100)), known(100));

    admitted(DOLLAR, Amount.ZERO);
  }

  @Test
  void aChangedWindowForgetsNothing() {
    settle(admitted(DOLLAR, cents(60)), known(60));

    assertThat(
            account.look(new HoldId("next", 1), usd(1_000_000_000L, Window.MONTH), cents(50), now))
        .isInstanceOf(Shortage.OverBudget.class);
  }

  @Test
  void concurrencyLastsUntilTheCallSettles() {
    Limits one = Limits.NONE.withConcurrency(1);
    HoldId call = admitted(one, Amount.ZERO);
    assertThat(account.look(new HoldId("second", 1), one, Amount.ZERO, now))
        .isEqualTo(new Shortage.Concurrency(AccountId.token("t"), 1));

    settle(call, known(0));

    admitted(one, Amount.ZERO);
  }

  @Test
  void requestsPassAtTheirRateAfterTheBurst() {
    Limits two = Limits.NONE.withRequestsPerMinute(2);
    admitted(two, Amount.ZERO);
    admitted(two, Amount.ZERO);
    assertThat(account.look(new HoldId("third", 1), two, Amount.ZERO, now))
        .isEqualTo(
            new Shortage.Requests(AccountId.token("t"), 2, Optional.of(Duration.ofSeconds(30))));

    pass(Duration.ofSeconds(30));

    admitted(two, Amount.ZERO);
  }

  @Test
  void tokensThatWereHeldAndNotUsedComeBack() {
    Limits thousand = Limits.NONE.withTokensPerMinute(1000);
    HoldId call = admitted(thousand, new Amount(0, 1000));
    settle(call, new Settlement.Known(Usage.of(50, 50), new Amount(0, 100)));

    assertThat(account.headroom(thousand, now).tokens().orElseThrow().remaining()).isEqualTo(900);
  }

  @Test
  void aCallThatNeedsMoreTokensThanAMinuteHasNeverPasses() {
    assertThat(
            account.look(
                new HoldId("big", 1),
                Limits.NONE.withTokensPerMinute(1000),
                new Amount(0, 1001),
                now))
        .isEqualTo(new Shortage.Tokens(AccountId.token("t"), 1001, 1000, Optional.empty()));
  }

  @Test
  void anAccountsClockNeverGoesBack() {
    settle(admitted(usd(1_000_000_000L, Window.HOUR), cents(60)), known(60));
    pass(Duration.ofHours(1));
    account.touch(now);
    pass(Duration.ofHours(-2));

    assertThat(in(Window.HOUR).spent()).isEqualTo(Amount.ZERO);
    assertThat(account.standing(now).at()).isEqualTo(START.plus(Duration.ofHours(1)));
  }

  private static Account withoutRepeats() {
    Duration minute = Duration.ofMinutes(1);
    return new Account(AccountId.token("t"), new Account.Rules(minute, minute, false));
  }

  @Test
  void whereNothingIsRepeatedAnEndedCallLeavesNothingBehind() {
    Account local = withoutRepeats();
    HoldId call = new HoldId("once", 1);
    local.place(call, DOLLAR, cents(10), now);
    local.settle(call, new Settlement.Known(Usage.NONE, cents(4)), now, now);
    local.settle(call, new Settlement.Known(Usage.NONE, cents(4)), now, now);

    assertThat(local.image().ended()).isEmpty();
    assertThat(local.standing(now).windows().getFirst().spent()).isEqualTo(cents(4));
  }

  @Test
  void whereNothingIsRepeatedACallThatWasTakenBackIsStillTooLate() {
    Account local = withoutRepeats();
    HoldId call = new HoldId("late", 1);
    local.settle(call, new Settlement.Released(), now, now);

    assertThat(local.look(call, DOLLAR, cents(1), now)).isInstanceOf(Shortage.TooLate.class);
  }

  @Test
  void whereNothingIsRepeatedACallThatWentUnheardIsStillChargedOnce() {
    Account local = withoutRepeats();
    HoldId call = new HoldId("while-away", 1).unheard();
    local.settle(call, new Settlement.Known(Usage.NONE, cents(4)), now, now);
    local.settle(call, new Settlement.Known(Usage.NONE, cents(4)), now, now);

    assertThat(local.standing(now).windows().getFirst().spent()).isEqualTo(cents(4));
  }

  /** It held nothing that its lease could have charged. */
  @Test
  void aCallThatWentUnheardIsChargedHoweverLongTheLedgerWasAway() {
    HoldId call = new HoldId("while-away", 1).unheard();
    long admitted = now;
    pass(Duration.ofMinutes(90));
    account.settle(call, new Settlement.Known(Usage.NONE, cents(4)), admitted, now);
    account.settle(call, new Settlement.Known(Usage.NONE, cents(4)), admitted, now);

    assertThat(account.standing(now).windows().getFirst().spent()).isEqualTo(cents(4));
  }
}
