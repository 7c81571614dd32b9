package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.ledger.mark.Marks;
import io.lettuce.core.cluster.RedisClusterClient;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Connects a ledger to its Redis, and finds out whether it can be one. */
final class Opening {
  private static final int WARM_TRIES = 20;

  /** From one try to the next: a node of a cluster that was just started refuses for 2 s. */
  private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private Opening() {}

  /**
   * What a ledger is made of, beside its link.
   *
   * @param marks asked for once, when the link stands
   * @param loop on which to speak to Redis; absent, and to a cluster, whose client looks for its
   *     servers again and again: on a thread of its own
   */
  record Parts(
      RedisSettings settings,
      Clock local,
      Supplier<? extends Marks> marks,
      Consumer<RedisNews> news,
      Optional<EventLoop> loop,
      LongSupplier clockOverride) {}

  static RedisLedger open(Parts parts) {
    RedisAddress address = RedisAddress.of(parts.settings);
    Client client =
        parts.loop.filter(one -> !address.cluster()).map(Client::on).orElseGet(Client::alone);
    try {
      RedisLedger ledger =
          address.cluster() ? clustered(client, address, parts) : single(client, address, parts);
      warm(ledger);
      return ledger;
    } catch (RedisRefused refused) {
      client.shutdown();
      throw refused;
    } catch (RuntimeException failure) {
      client.shutdown();
      throw RedisRefused.away(
          "Redis at %s is not to be had: %s"
              .formatted(RedisAddress.publicly(parts.settings.uri()), Failures.sentence(failure)));
    }
  }

  private static RedisLedger single(Client client, RedisAddress address, Parts parts) {
    NodeClient redis = new NodeClient(client.resources(), Client.options(parts.settings));
    NodeLink link = new NodeLink(redis, address.nodes().getFirst(), client.loop());
    return new RedisLedger(
        link,
        client.loop(),
        parts,
        made -> watched(link, new Recovery(Site.whole(link), made)),
        () -> disconnect(link::close, client));
  }

  private static Watch watched(NodeLink link, Recovery recovery) {
    link.start(found -> recovery.arrived(found, Optional.empty()));
    return recovery;
  }

  private static RedisLedger clustered(Client client, RedisAddress address, Parts parts) {
    RedisClusterClient redis = RedisClusterClient.create(client.resources(), address.nodes());
    redis.setOptions(Client.clusterOptions(parts.settings));
    ClusterLink link =
        new ClusterLink(redis, client.loop(), Pipeline.nothing(parts.settings.rules()));
    return new RedisLedger(
        link,
        client.loop(),
        parts,
        made -> new Shards(link, made),
        () -> disconnect(link::close, client));
  }

  private static void disconnect(Runnable link, Client client) {
    link.run();
    client.shutdown();
  }

  /**
   * Loads the script and the classes, and learns the server's clock, so that no call has to wait
   * for that; and finds out here whether the user may call the script.
   */
  private static void warm(RedisLedger ledger) {
    String problem = "";
    for (int tries = 0; tries < WARM_TRIES; tries++) {
      long began = System.nanoTime();
      try {
        ledger.watch().greeted().join();
        ledger.watch().start();
        ledger.standing(AccountId.EVERYTHING).toCompletableFuture().join();
        return;
      } catch (CompletionException failure) {
        problem = Failures.sentence(failure);
        LockSupport.parkNanos(WARM_NANOS - (System.nanoTime() - began));
      }
    }
    ledger.disconnectAtOnce();
    throw new RedisRefused("Redis does not run the ledger's script: " + problem);
  }
}
