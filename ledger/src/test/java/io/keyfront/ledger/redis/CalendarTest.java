package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The script reckons days, weeks and months itself. */
class CalendarTest {
  private static final AccountId TOKEN = AccountId.token("t");
  private static final Settlement USED = new Settlement.Known(Usage.of(1, 1), new Amount(5, 2));

  @Test
  void everyMonthEndsWhereTheCalendarSays() {
    AtomicLong clock = new AtomicLong(1);
    try (RedisProcess redis = RedisProcess.started();
        RedisLedger ledger =
            RedisLedger.connect(
                RedisSettings.of(redis.uri()), Clock.systemUTC(), Marks.none(), clock::get)) {
      Account account = new Account(TOKEN, Account.Rules.DEFAULT);
      LocalDate.of(2026, 1, 1)
          .datesUntil(LocalDate.of(2104, 6, 1), Period.ofMonths(1))
          .forEach(
              month -> {
                long begins = Micros.of(month.atStartOfDay(ZoneOffset.UTC).toInstant());
                for (long moment : List.of(begins - 1, begins)) {
                  clock.set(moment);
                  HoldId id = new HoldId("at-" + moment, 1);
                  Hold hold = new Hold(id, List.of(TOKEN), Amount.ZERO, Micros.instant(moment));
                  done(ledger.settle(hold, USED));
                  account.settle(id, USED, moment, moment);
                  assertThat(done(ledger.standing(TOKEN))).isEqualTo(account.standing(moment));
                }
              });
    }
  }
}
