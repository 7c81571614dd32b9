package io.keyfront.ledger.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A cluster: a connection for each node, kept by Lettuce. */
final class ClusterLink implements Link {
  private final RedisClusterClient client;
  private final Caller caller;
  private final EventExecutor loop;
  private final StatefulRedisClusterConnection<byte[], byte[]> connection;
  private final AtomicBoolean looking = new AtomicBoolean();

  /** What a call of the script is that does nothing. */
  private final byte[] nothing;

  private volatile Consumer<Object> strangers = server -> {};
  private volatile Runnable moves = () -> {};

  /**
   * A node that has slots.
   *
   * @param id by which the cluster knows it, also after a restart
   * @param slot the lowest that it has
   */
  record Master(String id, String host, int port, int slot) {}

  /** What a node says of itself, and the script as only it runs it. */
  record Met(Inspection inspection, Script fence) {}

  /**
   * Connects; blocks for some seconds at most.
   *
   * @param nothing a batch without commands
   * @throws RuntimeException when no node can be reached, or one refuses the password
   * @throws RedisRefused when a node evicts keys
   */
  ClusterLink(RedisClusterClient client, EventExecutor loop, byte[] nothing) {
    this.client = client;
    this.loop = loop;
    this.nothing = nothing;
    this.caller = new Caller(loop);
    this.connection = client.connect(ByteArrayCodec.INSTANCE);
    connection.sync().upstream().commands().info().forEach(info -> check(info));
  }

  private static void check(String info) {
    Inspection.of(info).requireKeeping();
  }

  /**
   * Begins to tell, on the link's thread.
   *
   * @param strange hears of servers that did not know their script
   * @param moved hears that slots may have other servers
   */
  void tell(Consumer<Object> strange, Runnable moved) {
    strangers = strange;
    moves = moved;
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public boolean slotted() {
    return true;
  }

  @Override
  public CompletionStage<byte[]> call(Gate gate, List<byte[]> keys, byte[] batch) {
    return caller.call(connection, gate.fence().orElseGet(caller::script), keys, batch);
  }

  @Override
  public Object server(byte[] key) {
    RedisClusterNode node = connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
    return node == null ? this : node.getNodeId();
  }

  /** The nodes that have slots, as far as is known. */
  List<Master> masters() {
    List<Master> masters = new ArrayList<>();
    for (RedisClusterNode node : connection.getPartitions()) {
      int slot = lowest(node);
      if (slot < SlotHash.SLOT_COUNT) {
        masters.add(
            new Master(node.getNodeId(), node.getUri().getHost(), node.getUri().getPort(), slot));
      }
    }
    return masters;
  }

  private static int lowest(RedisClusterNode node) {
    int slot = node.hasNoSlots() ? SlotHash.SLOT_COUNT : 0;
    while (slot < SlotHash.SLOT_COUNT && !node.hasSlot(slot)) {
      slot++;
    }
    return slot;
  }

  /** Asks a node who it is, and has it learn its script. */
  CompletableFuture<Met> meet(Master master) {
    return connection
        .getConnectionAsync(master.host, master.port)
        .thenCompose(this::meet)
        .orTimeout(RedisAddress.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletionStage<Met> meet(StatefulRedisConnection<byte[], byte[]> node) {
    return node.async()
        .info()
        .handle(
            (info, failure) -> {
              if (failure instanceof RedisCommandExecutionException) {
                return Inspection.FORBIDDEN;
              } else if (failure != null) {
                throw new CompletionException(failure);
              }
              return Inspection.of(info);
            })
        .thenCompose(
            inspection -> {
              Script fence = caller.script().fenced(inspection);
              return caller
                  .teach(node, fence, nothing)
                  .thenApply(learnt -> new Met(inspection, fence));
            });
  }

  @Override
  public void strange(Object server) {
    strangers.accept(server);
    renew();
  }

  /** Looks who took over, which Lettuce does by itself once a minute only. */
  @Override
  public void renew() {
    if (looking.compareAndSet(false, true)) {
      var _ =
          client
              .refreshPartitionsAsync()
              .whenComplete(
                  (found, failure) -> {
                    looking.set(false);
                    loop.execute(moves);
                  });
    }
  }

  void close() {
    connection.close();
    client.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
