package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.RedisLedgerTest.call;
import static io.keyfront.ledger.redis.RedisLedgerTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.ledger.mark.Marks;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.Transports;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All faults again, with a connection on a loop that is somebody else's. */
class GivenLoopTest extends RedisFaultsTest {
  private static DefaultEventLoopGroupProvider threads;
  private static EventLoop loop;

  @BeforeAll
  static void beginLoop() {
    threads = new DefaultEventLoopGroupProvider(1);
    loop = threads.allocate(Transports.eventLoopGroupClass()).next();
  }

  @AfterAll
  static void endLoop() {
    threads.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Override
  Optional<EventLoop> loop() {
    return Optional.of(loop);
  }

  private static HoldRequest request() {
    return new HoldRequest(
        call(),
        List.of(new Claim(AccountId.token("asks-on-the-loop"), usd(1_000_000))),
        new Amount(600, 10),
        Instant.now().plusSeconds(30));
  }

  @Test
  void whoAsksOnTheLoopIsAnsweredOnIt() {
    try (RedisProcess redis = RedisProcess.started();
        RedisLedger ledger = connected(redis)) {
      CompletableFuture<Boolean> onTheLoop = new CompletableFuture<>();
      loop.execute(
          () ->
              ledger
                  .hold(request())
                  .whenComplete(
                      (told, failure) ->
                          onTheLoop.complete(
                              told instanceof Admission.Admitted && loop.inEventLoop())));

      assertThat(onTheLoop.orTimeout(5, TimeUnit.SECONDS).join()).isTrue();
    }
  }

  @Test
  void theLoopIsItsOwnersWhenTheLedgerIsClosed() {
    try (RedisProcess redis = RedisProcess.started()) {
      connected(redis).close();
      CompletableFuture<String> works = new CompletableFuture<>();
      loop.execute(() -> works.complete("still"));

      assertThat(works.orTimeout(5, TimeUnit.SECONDS).join()).isEqualTo("still");
    }
  }

  private static RedisLedger connected(RedisProcess redis) {
    return RedisLedger.connect(
        RedisSettings.of(redis.uri()),
        Clock.systemUTC(),
        Marks::none,
        news -> {},
        Optional.of(loop));
  }
}
