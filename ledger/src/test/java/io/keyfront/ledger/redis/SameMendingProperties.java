package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Ceiling;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.HoldOperation.Reply;
import io.keyfront.ledger.redis.SettleOperation.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Marks, losses of data and what puts them right: the script does as the account does. */
class SameMendingProperties {
  private static final AtomicLong TRIES = new AtomicLong();
  private static final AtomicLong CLOCK = new AtomicLong();
  private static final RedisProcess REDIS = RedisProcess.started();
  private static final ServerClock NOW = new ServerClock(Clock.systemUTC());
  private static final RedisLedger LEDGER =
      RedisLedger.connect(
          RedisSettings.of(REDIS.uri()), Clock.systemUTC(), Marks.none(), CLOCK::get);

  /** Something that is told to both. Calls are named by numbers. */
  sealed interface Command {
    record Ask(int call, Amount amount, Window window) implements Command {}

    record Raise(Amount asked, Window window) implements Command {}

    record End(int call, Amount charge, Amount held, boolean again, boolean released)
        implements Command {}

    record Restore(int call, Amount amount, long ago) implements Command {}

    /** The newest mark, an older one, or less than it. */
    record Seed(int which, boolean onlyAbsent) implements Command {}

    record Credit(Amount most) implements Command {}

    /** The server is another one. */
    record Turn() implements Command {}

    /** All is gone. */
    record Wipe() implements Command {}

    record Pass(Duration time) implements Command {}
  }

  @AfterContainer
  static void stop() {
    LEDGER.close();
    REDIS.close();
  }

  @Provide
  Arbitrary<List<Command>> commands() {
    Arbitrary<Integer> calls = Arbitraries.integers().between(0, 5);
    Arbitrary<Window> windows = Arbitraries.of(Window.DAY, Window.DAY, Window.TOTAL, Window.WEEK);
    Arbitrary<Amount> amounts =
        Combinators.combine(Arbitraries.longs().between(0, 300), Arbitraries.longs().between(0, 30))
            .as(Amount::new);
    return Arbitraries.<Command>frequencyOf(
            Tuple.of(8, Combinators.combine(calls, amounts, windows).as(Command.Ask::new)),
            Tuple.of(4, Combinators.combine(amounts, windows).as(Command.Raise::new)),
            Tuple.of(
                6,
                Combinators.combine(
                        calls,
                        amounts,
                        amounts,
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false, false))
                    .as(Command.End::new)),
            Tuple.of(
                4,
                Combinators.combine(
                        calls, amounts, Arbitraries.of(0L, 1_000_000L, 59_000_000L, 7_200_000_000L))
                    .as(Command.Restore::new)),
            Tuple.of(
                5,
                Combinators.combine(
                        Arbitraries.integers().between(0, 2), Arbitraries.of(true, false))
                    .as(Command.Seed::new)),
            Tuple.of(2, amounts.map(Command.Credit::new)),
            Tuple.of(2, Arbitraries.just(new Command.Turn())),
            Tuple.of(2, Arbitraries.just(new Command.Wipe())),
            Tuple.of(
                3,
                Arbitraries.of(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(61),
                        Duration.ofHours(1),
                        Duration.ofHours(14),
                        Duration.ofDays(5),
                        Duration.ofDays(31))
                    .map(Command.Pass::new)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Property(tries = 600)
  void theScriptMendsAsAnAccountDoes(@ForAll("commands") List<Command> commands) {
    CLOCK.set(Micros.of(Instant.parse("2026-11-20T22:30:00Z")));
    LEDGER.enter(new Gate(1, Optional.empty()));
    Pair pair = new Pair();
    commands.forEach(pair::run);
  }

  /** An account beside the one in Redis. */
  private static final class Pair {
    private final AccountId id = AccountId.token("m" + TRIES.incrementAndGet());
    private long epoch = 1;
    private Account account = made();
    private Optional<Mark> mark = Optional.empty();
    private Optional<Mark> older = Optional.empty();

    private Account made() {
      Account made = new Account(id, Account.Rules.DEFAULT);
      made.mending().enter(epoch);
      return made;
    }

    void run(Command command) {
      long now = CLOCK.get();
      switch (command) {
        case Command.Ask ask -> ask(ask, now);
        case Command.Raise raise -> raise(raise, now);
        case Command.End end -> end(end, now);
        case Command.Restore restore -> {
          Hold hold = hold(restore.call(), restore.amount(), now - restore.ago());
          account.mending().restore(hold.id(), hold.amount(), now - restore.ago(), now);
          done(LEDGER.tell(MendOperation.restore(hold, List.of(id))).told());
        }
        case Command.Seed seed -> seed(seed, now);
        case Command.Credit(Amount most) ->
            assertThat(done(LEDGER.credit(id, most)))
                .isEqualTo(account.mending().credit(most, now));
        case Command.Turn() -> {
          epoch++;
          account.mending().enter(epoch);
          LEDGER.enter(new Gate(epoch, Optional.empty()));
        }
        case Command.Wipe() -> {
          REDIS.ask(connection -> connection.sync().flushall());
          account = made();
        }
        case Command.Pass(Duration time) -> CLOCK.addAndGet(time.toNanos() / 1000);
      }
      long later = CLOCK.get();
      assertThat(done(LEDGER.standing(id))).as("%s", command).isEqualTo(account.standing(later));
    }

    private HoldId call(int number) {
      return new HoldId(id.id() + "-" + number, 1);
    }

    private Hold hold(int call, Amount amount, long admitted) {
      return new Hold(call(call), List.of(id), amount, Micros.instant(admitted));
    }

    private Budget budget(Window window) {
      return new Budget(OptionalLong.of(2000), OptionalLong.empty(), window, OnLedgerLoss.DENY);
    }

    private void ask(Command.Ask ask, long now) {
      Budget budget = budget(ask.window());
      Ceiling ceiling = mark.map(known -> known.under(budget)).orElse(Ceiling.UNKNOWN);
      Limits limits = Limits.of(budget);
      HoldRequest request =
          new HoldRequest(
              call(ask.call()), List.of(new Claim(id, limits)), ask.amount(), Instant.MAX);
      HoldOperation operation = new HoldOperation(request, List.of(ceiling), NOW, 0);
      LEDGER.submit(operation);
      assertThat(outcome(done(operation.reply())))
          .as("%s", ask)
          .isEqualTo(expected(ask, budget, limits, ceiling, now));
    }

    private static String outcome(Reply reply) {
      return switch (reply) {
        case Reply.Told told -> told.admission().getClass().getSimpleName() + told.low().size();
        case Reply.TooLow low -> "TOO_LOW";
        case Reply.Lost lost -> "LOST";
        case Reply.Unopened unopened -> "UNOPENED";
      };
    }

    private String expected(
        Command.Ask ask, Budget budget, Limits limits, Ceiling ceiling, long now) {
      HoldId call = call(ask.call());
      Shortage shortage = account.look(call, limits, ask.amount(), now);
      if (shortage != null) {
        return "Denied0";
      }
      Ceiling.Cover cover = account.mending().cover(call, budget, ceiling, ask.amount(), now);
      if (cover == Ceiling.Cover.TOO_LOW || cover == Ceiling.Cover.LOST) {
        return cover.name();
      }
      account.place(call, limits, ask.amount(), now);
      return "Admitted" + (cover == Ceiling.Cover.LITTLE ? 1 : 0);
    }

    private void raise(Command.Raise raise, long now) {
      Standing standing = account.standing(now);
      done(LEDGER.standing(id));
      Mark raised =
          Mark.raised(standing, budget(raise.window()), raise.asked(), raise.asked(), epoch);
      older = mark;
      mark = Optional.of(mark.map(known -> known.merged(raised)).orElse(raised));
    }

    private void end(Command.End end, long now) {
      Settlement settlement =
          end.released()
              ? new Settlement.Released()
              : new Settlement.Known(Usage.of(3, 2), end.charge());
      Hold hold = hold(end.call(), end.held(), now);
      if (end.again()) {
        account.mending().settleAgain(hold.id(), settlement, end.held(), now, now);
        Ending ending = Ending.of(hold, settlement, false, end.held());
        SettleOperation operation = SettleOperation.again(ending, unanswered -> {});
        LEDGER.submit(operation);
        done(operation.done());
      } else {
        account.settle(hold.id(), settlement, now, now);
        done(LEDGER.settle(hold, settlement));
      }
    }

    private void seed(Command.Seed seed, long now) {
      Optional<Mark> told = seed.which() == 0 ? older : mark;
      if (told.isEmpty()) {
        return;
      }
      Amount before = account.standing(now).in(Window.TOTAL).spent();
      boolean expected = account.mending().seed(told.get(), seed.onlyAbsent(), now);
      long clock = account.touch(now);
      MendOperation operation = MendOperation.seed(id, told.get(), seed.onlyAbsent(), clock);
      LEDGER.tell(operation);
      assertThat(done(operation.told()).first()).isEqualTo(expected ? 1 : 0);
      Amount after = account.standing(now).in(Window.TOTAL).spent();
      assertThat(after.nanoUsd()).isGreaterThanOrEqualTo(before.nanoUsd());
      assertThat(after.tokens()).isGreaterThanOrEqualTo(before.tokens());
      mark = mark.map(known -> seed.which() == 2 ? known.stamped(epoch, clock) : known);
    }
  }
}
