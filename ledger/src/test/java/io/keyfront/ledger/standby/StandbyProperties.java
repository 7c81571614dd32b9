package io.keyfront.ledger.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisProcess;
import io.keyfront.ledger.redis.RedisSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever two proxies do while their ledger comes and goes, the budget holds and adds up. */
class StandbyProperties {
  private static final long LIMIT = 10_000;
  private static final RedisProcess SERVER = RedisProcess.started();
  private static final RedisLedger REDIS =
      RedisLedger.connect(
          RedisSettings.of(SERVER.uri()), Clock.systemUTC(), Marks.none(), news -> {});

  @AfterContainer
  static void stop() {
    REDIS.close();
    SERVER.close();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  /** A proxy, and the calls that it has in flight. */
  private static final class Proxy {
    private final SwitchedLedger shared = new SwitchedLedger(REDIS);
    private final StandbyLedger ledger = new StandbyLedger(shared, Clock.systemUTC());
    private final List<Hold> open = new ArrayList<>();
  }

  @Property(tries = 60)
  void theBudgetHoldsAndEveryChargeIsCounted(@ForAll long seed) {
    Random random = new Random(seed);
    AccountId token = AccountId.token(UUID.randomUUID().toString());
    List<Proxy> proxies = List.of(new Proxy(), new Proxy());
    long charged = 0;
    for (int step = 0; step < 80; step++) {
      Proxy proxy = proxies.get(random.nextInt(2));
      switch (random.nextInt(8)) {
        case 0 -> toggle(proxy);
        case 1 -> proxy.ledger.tick();
        case 2, 3, 4 -> charged += settleOne(proxy, random);
        default -> ask(proxy, token, 1 + random.nextInt(300), step);
      }
      assertThat(charged).as("seed %d, step %d", seed, step).isLessThanOrEqualTo(LIMIT);
    }
    for (Proxy proxy : proxies) {
      proxy.shared.on();
      while (!proxy.open.isEmpty()) {
        charged += settleOne(proxy, random);
      }
      proxy.ledger.close();
    }
    long all = charged;
    await()
        .untilAsserted(
            () -> {
              var window = done(REDIS.standing(token)).in(Window.TOTAL);
              assertThat(window.held()).as("seed %d", seed).isEqualTo(Amount.ZERO);
              assertThat(window.spent().nanoUsd()).as("seed %d", seed).isEqualTo(all);
            });
    assertThat(all).isLessThanOrEqualTo(LIMIT);
  }

  private static void toggle(Proxy proxy) {
    if (proxy.shared.isOff()) {
      proxy.shared.on();
    } else {
      proxy.shared.off();
    }
  }

  private static void ask(Proxy proxy, AccountId token, long nano, int step) {
    Limits limits = StandbyLedgerTest.usd(LIMIT, Window.TOTAL, OnLedgerLoss.LEASE);
    HoldRequest request =
        new HoldRequest(
            new HoldId(token.id() + "-" + step, 1),
            List.of(new Claim(token, limits)),
            new Amount(nano, 0),
            Instant.now().plusSeconds(5));
    if (done(proxy.ledger.hold(request)) instanceof Admission.Admitted(Hold hold, var headroom)) {
      proxy.open.add(hold);
    }
  }

  private static long settleOne(Proxy proxy, Random random) {
    if (proxy.open.isEmpty()) {
      return 0;
    }
    Hold hold = proxy.open.remove(random.nextInt(proxy.open.size()));
    long used = random.nextLong(hold.amount().nanoUsd() + 1);
    Settlement settlement =
        used == 0
            ? new Settlement.Released()
            : new Settlement.Known(Usage.NONE, new Amount(used, 0));
    done(proxy.ledger.settle(hold, settlement));
    return used;
  }
}
