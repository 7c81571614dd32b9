package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.AccountImage;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.LedgerCommand.Abandon;
import io.keyfront.ledger.redis.LedgerCommand.Ask;
import io.keyfront.ledger.redis.LedgerCommand.End;
import io.keyfront.ledger.redis.LedgerCommand.Pass;
import io.keyfront.ledger.redis.LedgerCommand.Read;
import io.keyfront.ledger.redis.LedgerCommand.Renew;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The script and {@link Account} state the same rules: the same commands have the same answers. */
class SameRulesProperties {
  private static final Limits PROBE =
      Limits.NONE.withRequestsPerMinute(1_000_000_000L).withTokensPerMinute(1_000_000_000L);
  private static final AtomicLong TRIES = new AtomicLong();
  private static final AtomicLong CLOCK = new AtomicLong();
  private static final RedisProcess REDIS = RedisProcess.started();
  private static final RedisLedger LEDGER =
      RedisLedger.connect(
          RedisSettings.of(REDIS.uri()), Clock.systemUTC(), Marks.none(), CLOCK::get);

  private static final RealCluster NODES = RealCluster.of(3, 0);
  private static final RedisLedger CLUSTER =
      RedisLedger.connect(
          RedisSettings.of(NODES.uri()), Clock.systemUTC(), Marks.none(), CLOCK::get);

  private static final RedisClient DIRECT = RedisClient.create(REDIS.uri());
  private static final StatefulRedisConnection<String, String> CONNECTION = DIRECT.connect();

  @AfterContainer
  static void stop() {
    CONNECTION.close();
    DIRECT.close();
    LEDGER.close();
    REDIS.close();
    CLUSTER.close();
    NODES.close();
  }

  @Provide
  Arbitrary<List<LedgerCommand>> commands() {
    return LedgerCommand.any().list().ofMinSize(1).ofMaxSize(60);
  }

  @Provide
  Arbitrary<Instant> starts() {
    return LedgerCommand.starts();
  }

  @Property(tries = 400)
  void theScriptAnswersAsAnAccountDoes(
      @ForAll("starts") Instant start, @ForAll("commands") List<LedgerCommand> commands) {
    // Other runs were at other times.
    CONNECTION.sync().del(Keys.text(AccountId.EVERYTHING));
    compare(LEDGER, start, commands).compareSum();
  }

  @Property(tries = 100)
  void soItDoesOnAClusterWhereEachAccountIsAskedForItself(
      @ForAll("starts") Instant start, @ForAll("commands") List<LedgerCommand> commands) {
    compare(CLUSTER, start, commands);
  }

  private static Pair compare(RedisLedger ledger, Instant start, List<LedgerCommand> commands) {
    CLOCK.set(Micros.of(start));
    Pair pair = new Pair(ledger, TRIES.incrementAndGet());
    commands.forEach(pair::run);
    pair.accounts.forEach(pair::compare);
    return pair;
  }

  /** One ledger of plain accounts beside the one in Redis. */
  private static final class Pair {
    private final RedisLedger ledger;
    private final long run;
    private int probes;
    private final List<Account> accounts;

    /** Of the calls that claim the token, which are all that there are in truth. */
    private final Account everything = account(AccountId.EVERYTHING);

    private boolean wentBack;

    Pair(RedisLedger ledger, long run) {
      this.ledger = ledger;
      this.run = run;
      this.accounts =
          List.of(
              account(AccountId.token("t{" + run + "}")),
              account(AccountId.credential("c" + run)),
              account(AccountId.provider("p" + run)));
    }

    private static Account account(AccountId id) {
      return new Account(id, Account.Rules.DEFAULT);
    }

    /** Each call claims the same accounts whenever it is named. */
    private List<Account> claimed(int call) {
      return switch (call % 4) {
        case 0 -> accounts;
        case 1 -> List.of(accounts.get(0), accounts.get(2));
        case 2 -> List.of(accounts.get(1));
        default -> List.of(accounts.get(1), accounts.get(0));
      };
    }

    private HoldId id(int call) {
      if (call == 7) {
        return HoldId.slice("proxy", run);
      }
      HoldId id =
          new HoldId("run-" + run + (call == 3 ? "-long".repeat(20) : "-") + call, 1 + call % 2);
      return call == 6 ? id.unheard() : id;
    }

    void run(LedgerCommand command) {
      long now = CLOCK.get();
      switch (command) {
        case Ask ask -> ask(ask, now);
        case End end -> end(end, now);
        case Abandon abandon -> abandon(abandon.call(), now);
        case Renew renew -> renew(renew.call(), now);
        case Read read -> compare(accounts.get(read.account()));
        case Pass pass -> {
          CLOCK.set(pass.from(now));
          wentBack |= CLOCK.get() < now;
        }
      }
    }

    private boolean isSummed(HoldId call, List<Account> claimed) {
      return !call.isSlice() && claimed.contains(accounts.getFirst());
    }

    /** It sweeps when the token's account does, and its clock is its own. */
    private void touched(Account account, long now) {
      if (account.equals(accounts.getFirst())) {
        everything.touch(now);
      }
    }

    void compareSum() {
      if (wentBack) {
        return;
      }
      Standing found = done(ledger.standing(AccountId.EVERYTHING));
      Standing expected = everything.standing(CLOCK.get());
      assertThat(found.totals()).isEqualTo(expected.totals());
      assertThat(found.overrun()).isEqualTo(expected.overrun());
      for (Window window : Window.ALL) {
        assertThat(found.in(window).spent()).isEqualTo(expected.in(window).spent());
      }
    }

    private HoldRequest request(Ask ask) {
      List<Claim> claims = new ArrayList<>();
      List<Account> claimed = claimed(ask.call());
      for (int i = 0; i < claimed.size(); i++) {
        claims.add(new Claim(claimed.get(i).id(), ask.limits().get(i)));
      }
      return new HoldRequest(id(ask.call()), claims, ask.amount(), Instant.MAX);
    }

    private void ask(Ask ask, long now) {
      HoldRequest request = request(ask);
      Admission expected = expected(request, claimed(ask.call()), now);
      assertThat(answer(request)).as("%s", ask).isEqualTo(expected);
    }

    /** A busy machine may make Redis look away: asking again changes nothing. */
    private Admission answer(HoldRequest request) {
      Admission answer = done(ledger.hold(request));
      for (int more = 20; more > 0 && answer instanceof Admission.Unavailable; more--) {
        answer = done(ledger.hold(request));
      }
      return answer;
    }

    private Admission expected(HoldRequest request, List<Account> claimed, long now) {
      for (int i = 0; i < claimed.size(); i++) {
        Claim claim = request.claims().get(i);
        touched(claimed.get(i), now);
        Shortage shortage =
            claimed.get(i).look(request.id(), claim.limits(), request.amount(), now);
        if (shortage != null) {
          return new Admission.Denied(shortage);
        }
      }
      Account first = claimed.getFirst();
      for (int i = 0; i < claimed.size(); i++) {
        claimed.get(i).place(request.id(), request.claims().get(i).limits(), request.amount(), now);
      }
      if (isSummed(request.id(), claimed)) {
        everything.place(request.id(), Limits.NONE, request.amount(), now);
      }
      AccountImage.Open open = Objects.requireNonNull(first.open(request.id()));
      Hold hold =
          new Hold(
              request.id(), request.accounts(), open.amount(), Micros.instant(open.admitted()));
      return new Admission.Admitted(
          hold, first.headroom(request.claims().getFirst().limits(), now));
    }

    private void end(End end, long now) {
      HoldId id = id(end.call());
      List<Account> claimed = claimed(end.call());
      long moment = Math.max(0, now - end.ago());
      claimed.forEach(account -> account.settle(id, end.settlement(), moment, now));
      claimed.forEach(account -> touched(account, now));
      if (isSummed(id, claimed)) {
        everything.settle(id, end.settlement(), moment, now);
      }
      List<AccountId> ids = claimed.stream().map(Account::id).toList();
      Hold hold = new Hold(id, ids, Amount.ZERO, Micros.instant(moment));
      done(ledger.settle(hold, end.settlement()));
    }

    private void abandon(int call, long now) {
      List<Account> claimed = claimed(call);
      claimed.forEach(account -> account.settle(id(call), new Settlement.Released(), 0, now));
      claimed.forEach(account -> touched(account, now));
      if (isSummed(id(call), claimed)) {
        everything.settle(id(call), new Settlement.Released(), 0, now);
      }
      List<Claim> claims =
          claimed.stream().map(account -> new Claim(account.id(), Limits.NONE)).toList();
      done(ledger.abandon(new HoldRequest(id(call), claims, Amount.ZERO, Instant.MAX)));
    }

    private void renew(int call, long now) {
      boolean held = true;
      for (Account account : claimed(call)) {
        held &= account.renew(id(call), now);
        touched(account, now);
      }
      if (isSummed(id(call), claimed(call))) {
        everything.renew(id(call), now);
      }
      List<AccountId> ids = claimed(call).stream().map(Account::id).toList();
      Set<HoldId> lost =
          done(ledger.renew(List.of(new Hold(id(call), ids, Amount.ZERO, Instant.EPOCH))));
      assertThat(lost).isEqualTo(held ? Set.of() : Set.of(id(call)));
    }

    /** The rates show in the answer to a call that asks for nothing else. */
    private void compare(Account account) {
      long now = CLOCK.get();
      touched(account, now);
      assertThat(done(ledger.standing(account.id()))).isEqualTo(account.standing(now));
      HoldRequest probe =
          new HoldRequest(
              new HoldId("probe-" + run + "-" + ++probes, 1),
              List.of(new Claim(account.id(), PROBE)),
              Amount.ZERO,
              Instant.MAX);
      assertThat(answer(probe)).isEqualTo(expected(probe, List.of(account), now));
      account.settle(probe.id(), new Settlement.Released(), 0, now);
      if (isSummed(probe.id(), List.of(account))) {
        everything.settle(probe.id(), new Settlement.Released(), 0, now);
      }
      done(ledger.abandon(probe));
    }
  }
}
