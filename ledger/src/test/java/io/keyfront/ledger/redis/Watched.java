package io.keyfront.ledger.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** A master's replica, and the sentinel that makes a master of it when the master is gone. */
record Watched(RedisProcess replica, RedisProcess sentinel) implements AutoCloseable {
  private static final Duration LATER = Duration.ofSeconds(60);

  static Watched over(RedisProcess master) {
    RedisProcess replica = RedisProcess.replicaOf(master.port());
    RedisProcess sentinel = RedisProcess.sentinelOf(master);
    await().atMost(LATER).until(() -> sentinel.info().contains("status=ok"));
    await().atMost(LATER).until(() -> sentinel.info().contains("slaves=1"));
    return new Watched(replica, sentinel);
  }

  String uri() {
    return "redis-sentinel://127.0.0.1:" + sentinel.port() + "/0#ledger";
  }

  void awaitFailover() {
    await().atMost(LATER).until(() -> replica.info().contains("role:master"));
  }

  @Override
  public void close() {
    sentinel.close();
    replica.close();
  }
}
