package io.keyfront.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MarkTest {
  private static final AccountId TOKEN = AccountId.token("t");
  private static final Instant NOON = Instant.parse("2026-11-18T12:30:00Z");

  private final Account account = new Account(TOKEN, Account.Rules.DEFAULT);

  private static Budget budget(long usd, Window window) {
    return new Budget(OptionalLong.of(usd), OptionalLong.empty(), window, OnLedgerLoss.DENY);
  }

  private void spend(long nano, Instant at) {
    long now = Micros.of(at);
    HoldId call = new HoldId("call-" + at, 1);
    account.settle(
        call,
        new Settlement.Known(io.keyfront.core.money.Usage.of(1, 0), new Amount(nano, 1)),
        now,
        now);
  }

  private Mark raised(Budget budget, long asked, Instant at) {
    Amount amount = new Amount(asked, 1);
    return Mark.raised(account.standing(Micros.of(at)), budget, amount, amount, 0);
  }

  @Test
  void aMarkIsATenthOfTheLimitAheadAndAtMostTheLimit() {
    spend(300, NOON);

    Budget budget = budget(1000, Window.DAY);
    assertThat(raised(budget, 50, NOON).at(Window.DAY, NOON).most().nanoUsd()).isEqualTo(450);
    assertThat(raised(budget, 650, NOON).at(Window.DAY, NOON).most().nanoUsd()).isEqualTo(1000);
  }

  @Test
  void whatHasNoLimitIsDoubledSoThatRaisesBecomeRare() {
    Budget onlyUsd = budget(1_000_000, Window.TOTAL);
    int raises = 0;
    Mark mark = raised(onlyUsd, 1, NOON);
    for (int call = 1; call <= 10_000; call++) {
      Instant at = NOON.plusMillis(call);
      account.settle(
          new HoldId("call-" + call, 1),
          new Settlement.Known(io.keyfront.core.money.Usage.of(9, 0), new Amount(0, 9)),
          Micros.of(at),
          Micros.of(at));
      Ceiling ceiling = mark.under(onlyUsd);
      long taken = account.standing(Micros.of(at)).in(Window.TOTAL).spent().tokens();
      assertThat(taken).isLessThanOrEqualTo(ceiling.most().tokens());
      if (taken > ceiling.ample().tokens()) {
        mark = Mark.raised(account.standing(Micros.of(at)), onlyUsd, Amount.ZERO, Amount.ZERO, 0);
        raises++;
      }
    }
    assertThat(raises).isBetween(1, 20);
  }

  @Test
  void windowsThatBeganBeforeAreBoundedByWhatTheyHaveAndTheRoomThatIsGiven() {
    spend(4000, NOON.minusSeconds(86_400));
    spend(300, NOON);

    Mark mark = raised(budget(1000, Window.DAY), 50, NOON);

    assertThat(mark.at(Window.WEEK, NOON).most().nanoUsd()).isEqualTo(4450);
    assertThat(mark.at(Window.TOTAL, NOON).most().nanoUsd()).isEqualTo(4450);
  }

  @Test
  void windowsThatBeganLaterAreBoundedByTheMeasuredOne() {
    spend(300, NOON);
    Mark mark = raised(budget(1000, Window.DAY), 50, NOON);

    Instant later = NOON.plusSeconds(7200);
    assertThat(mark.at(Window.HOUR, later))
        .isEqualTo(
            new Mark.Part(Micros.of(Window.HOUR.start(later)), mark.at(Window.DAY, NOON).most()));
  }

  @Test
  void windowsAfterTheMeasuredOneHaveNothing() {
    spend(300, NOON);
    Mark mark = raised(budget(1000, Window.DAY), 50, NOON);

    Instant tomorrow = NOON.plusSeconds(86_400);
    assertThat(mark.at(Window.DAY, tomorrow).most()).isEqualTo(Amount.ZERO);
    assertThat(mark.at(Window.WEEK, tomorrow).most().nanoUsd()).isEqualTo(450);
  }

  @Test
  void anotherWindowOfTheBudgetAsksForARaise() {
    Mark mark = raised(budget(1000, Window.DAY), 50, NOON);

    Ceiling ceiling = mark.under(budget(1000, Window.WEEK));

    assertThat(
            account
                .mending()
                .cover(
                    new HoldId("a", 1),
                    budget(1000, Window.WEEK),
                    ceiling,
                    new Amount(1, 1),
                    Micros.of(NOON)))
        .isEqualTo(Ceiling.Cover.TOO_LOW);
  }

  @Test
  void mergedMarksHaveTheHigherOfEachWindow() {
    spend(300, NOON);
    Mark first = raised(budget(1000, Window.DAY), 50, NOON);
    spend(900, NOON.plusSeconds(1));
    Mark second = raised(budget(2000, Window.DAY), 50, NOON.plusSeconds(1));

    assertThat(List.of(first.merged(second), second.merged(first))).containsOnly(second);
  }
}
