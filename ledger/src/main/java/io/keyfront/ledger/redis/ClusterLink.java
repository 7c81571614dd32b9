package io.keyfront.ledger.redis;

import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A cluster: a connection for each node, kept by Lettuce. */
final class ClusterLink implements Link {
  private final RedisClusterClient client;
  private final Caller caller;
  private final StatefulRedisClusterConnection<byte[], byte[]> connection;
  private final AtomicBoolean looking = new AtomicBoolean();

  /**
   * Connects; blocks for some seconds at most.
   *
   * @throws RuntimeException when no node can be reached, or one refuses the password
   * @throws RedisRefused when a node evicts keys
   */
  ClusterLink(RedisClusterClient client, EventExecutor loop) {
    this.client = client;
    this.caller = new Caller(loop);
    this.connection = client.connect(ByteArrayCodec.INSTANCE);
    connection.sync().upstream().commands().info().forEach(info -> check(info));
  }

  private static void check(String info) {
    Inspection.of(info).requireKeeping();
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
  public CompletionStage<byte[]> call(List<byte[]> keys, byte[] batch) {
    return caller.call(connection, keys, batch);
  }

  @Override
  public Object server(byte[] key) {
    RedisClusterNode node = connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
    return node == null ? this : node.getNodeId();
  }

  /** Looks who took over, which Lettuce does by itself once a minute only. */
  @Override
  public void renew() {
    if (looking.compareAndSet(false, true)) {
      var _ = client.refreshPartitionsAsync().whenComplete((found, failure) -> looking.set(false));
    }
  }

  void close() {
    connection.close();
    client.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
