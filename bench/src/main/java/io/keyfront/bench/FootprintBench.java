package io.keyfront.bench;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.ledger.local.LocalLedger;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory a ledger takes: for a token that has been used, for a call in flight on three
 * accounts, and for one that has ended and is remembered; in Redis by its own {@code used_memory},
 * in this process by the heap that is left after a collection. And what 10,000 open streams ask of
 * Redis.
 */
public final class FootprintBench {
  private static final int MANY = 10_000;
  private static final Limits TOKEN =
      Limits.of(
          new Budget(
              OptionalLong.of(Amount.MOST), OptionalLong.empty(), Window.MONTH, OnLedgerLoss.DENY));
  private static final Settlement KNOWN =
      new Settlement.Known(Usage.of(900, 100), new Amount(3_000_000, 1000));

  private final String kind;
  private final Ledger ledger;
  private final LongSupplier memory;

  private FootprintBench(String kind, Ledger ledger, LongSupplier memory) {
    this.kind = kind;
    this.ledger = ledger;
    this.memory = memory;
  }

  /**
   * @param arguments the URI of a Redis that may be filled
   */
  public static void main(String[] arguments) {
    new FootprintBench("local", LocalLedger.inMemory(Clock.systemUTC()), FootprintBench::heap)
        .run();
    RedisSettings settings = RedisSettings.of(arguments[0]).closing(Duration.ofMillis(1));
    try (RedisClient client = RedisClient.create(arguments[0]);
        StatefulRedisConnection<String, String> look = client.connect();
        RedisLedger redis =
            RedisLedger.connect(settings, Clock.systemUTC(), Marks.none(), news -> {})) {
      FootprintBench bench =
          new FootprintBench("Redis", redis, () -> number(look, "memory", "used_memory"));
      List<Hold> open = bench.run();
      long before = number(look, "commandstats", "cmdstat_evalsha:calls");
      redis.renew(open).toCompletableFuture().join();
      long asked = number(look, "commandstats", "cmdstat_evalsha:calls") - before;
      double every = redis.lease().dividedBy(3).toMillis() / 1e3;
      System.out.printf(
          "Redis: %d open streams ask it %d times every %.0f s, %.1f commands/s%n",
          open.size(), asked, every, asked / every);
    }
  }

  private static long number(
      StatefulRedisConnection<String, String> look, String section, String name) {
    Matcher told =
        Pattern.compile("(?m)^" + name + "[:=](\\d+)").matcher(look.sync().info(section));
    return told.find() ? Long.parseLong(told.group(1)) : 0;
  }

  /** Of four collections of the serial collector one leaves no dead objects between the others. */
  private static long heap() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Leaves as many calls in flight. */
  private List<Hold> run() {
    settle(List.of(held("first")));
    long empty = memory.getAsLong();
    for (int token = 0; token < MANY; token++) {
      settle(List.of(held("token-" + token)));
    }
    say("a token that was used once, and its call", memory.getAsLong() - empty);
    long without = memory.getAsLong();
    List<Hold> calls = held();
    say("a call in flight on three accounts", memory.getAsLong() - without);
    settle(calls);
    calls.clear();
    say("a call that has ended and is remembered", memory.getAsLong() - without);
    return held();
  }

  private void say(String what, long bytes) {
    System.out.printf("%s: %d B for %s%n", kind, bytes / MANY, what);
  }

  private List<Hold> held() {
    List<Hold> holds = new ArrayList<>(MANY);
    for (int call = 0; call < MANY; call++) {
      holds.add(held("first"));
    }
    return holds;
  }

  /** Asked again while Redis does not take budgets yet. */
  private Hold held(String token) {
    while (true) {
      if (ledger.hold(request(token)).toCompletableFuture().join()
          instanceof Admission.Admitted(Hold hold, var headroom)) {
        return hold;
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private void settle(List<Hold> holds) {
    holds.forEach(hold -> ledger.settle(hold, KNOWN).toCompletableFuture().join());
  }

  private static HoldRequest request(String token) {
    return new HoldRequest(
        new HoldId(UUID.randomUUID().toString(), 1),
        List.of(
            new Claim(AccountId.token("default/" + token), TOKEN),
            new Claim(AccountId.credential("default/key"), Limits.NONE),
            new Claim(AccountId.provider("openai"), Limits.NONE)),
        new Amount(5_000_000, 2000),
        Instant.now().plusSeconds(30));
  }
}
