package io.keyfront.ledger.redis;

import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.AccountId;
import io.lettuce.core.KillArgs;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real cluster on loopback: masters that share the slots, each with as many replicas. What is
 * asked of one node is asked on a connection of its own.
 */
final class RealCluster implements AutoCloseable {
  private static final Duration LATER = Duration.ofSeconds(60);
  private static final int SLOTS = SlotHash.SLOT_COUNT;

  private final List<RedisProcess> masters;
  private final List<RedisProcess> replicas;

  private RealCluster(List<RedisProcess> masters, List<RedisProcess> replicas) {
    this.masters = masters;
    this.replicas = replicas;
  }

  static RealCluster of(int masters, int replicasEach) {
    RealCluster cluster = new RealCluster(nodes(masters), nodes(masters * replicasEach));
    cluster.join();
    return cluster;
  }

  private static List<RedisProcess> nodes(int many) {
    List<RedisProcess> nodes = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      nodes.add(RedisProcess.clusterNode());
    }
    return nodes;
  }

  private void join() {
    for (int i = 0; i < masters.size(); i++) {
      int epoch = i + 1;
      int[] slots =
          IntStream.range(i * SLOTS / masters.size(), (i + 1) * SLOTS / masters.size()).toArray();
      on(masters.get(i), node -> node.clusterSetConfigEpoch(epoch) + node.clusterAddSlots(slots));
    }
    on(
        masters.getFirst(),
        node -> all().map(other -> node.clusterMeet("127.0.0.1", other.port())).toList());
    all().forEach(node -> awaitInfo(node, "cluster_known_nodes:" + all().count()));
    for (int i = 0; i < replicas.size(); i++) {
      String master = id(masters.get(i % masters.size()));
      RedisProcess replica = replicas.get(i);
      await().atMost(LATER).until(() -> knows(replica, master));
      on(replica, node -> node.clusterReplicate(master));
    }
    all().forEach(node -> awaitInfo(node, "cluster_state:ok"));
    replicas.forEach(
        replica ->
            await().atMost(LATER).until(() -> replica.info().contains("master_link_status:up")));
  }

  private static boolean knows(RedisProcess node, String other) {
    return on(node, RedisCommands::clusterNodes).contains(other);
  }

  private static void awaitInfo(RedisProcess node, String word) {
    await().atMost(LATER).until(() -> on(node, RedisCommands::clusterInfo).contains(word));
  }

  /** Asks one node. */
  static <T> T on(
      RedisProcess node, java.util.function.Function<RedisCommands<String, String>, T> question) {
    return node.ask(connection -> question.apply(connection.sync()));
  }

  private static String id(RedisProcess node) {
    return on(node, RedisCommands::clusterMyId);
  }

  private Stream<RedisProcess> all() {
    return Stream.concat(masters.stream(), replicas.stream());
  }

  String uri() {
    return masters.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis-cluster://", ""));
  }

  static int slot(AccountId account) {
    return SlotHash.getSlot(Keys.text(account));
  }

  /** Some account in it. */
  static AccountId inSlot(int slot) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> AccountId.token("in-" + i))
        .filter(token -> slot(token) == slot)
        .findFirst()
        .orElseThrow();
  }

  private int place(AccountId account) {
    return IntStream.range(0, masters.size())
        .filter(i -> slot(account) < (i + 1) * SLOTS / masters.size())
        .findFirst()
        .orElseThrow();
  }

  /** Who has an account from the beginning. */
  RedisProcess masterOf(AccountId account) {
    return masters.get(place(account));
  }

  RedisProcess replicaOf(AccountId account) {
    return replicas.get(place(account));
  }

  /** An account of another master than those that are given. */
  static AccountId elsewhere(RealCluster cluster, AccountId... others) {
    List<RedisProcess> taken = Stream.of(others).map(cluster::masterOf).toList();
    return IntStream.range(0, 1_000)
        .mapToObj(i -> AccountId.token("elsewhere-" + i))
        .filter(token -> !taken.contains(cluster.masterOf(token)))
        .findFirst()
        .orElseThrow();
  }

  void pause() {
    masters.forEach(RedisProcess::pause);
  }

  void resume() {
    masters.forEach(RedisProcess::resume);
  }

  /** Waits until a replica has all, and lets it have nothing of what comes. */
  void cutOff(AccountId account) {
    RedisProcess master = masterOf(account);
    RedisProcess replica = replicaOf(account);
    await()
        .atMost(LATER)
        .until(() -> offset(master, "master_repl_offset") <= offset(replica, "slave_repl_offset"));
    on(
        master,
        node ->
            node.configSet("repl-backlog-size", "16384")
                + node.configSet("requirepass", "fake-password-of-a-test")
                + node.clientKill(KillArgs.Builder.typeSlave()));
  }

  private static long offset(RedisProcess redis, String field) {
    return redis
        .info()
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> Long.parseLong(line.substring(field.length() + 1).strip()))
        .findFirst()
        .orElse(-1L);
  }

  void awaitTakenOver(AccountId account) {
    await().atMost(LATER).until(() -> replicaOf(account).info().contains("role:master"));
  }

  /** Moves an account's slot to another master, as an administrator does. */
  void move(AccountId account) {
    RedisProcess from = masterOf(account);
    RedisProcess to = masters.get((place(account) + 1) % masters.size());
    int slot = slot(account);
    String fromId = id(from);
    String toId = id(to);
    on(to, node -> node.clusterSetSlotImporting(slot, fromId));
    on(from, node -> node.clusterSetSlotMigrating(slot, toId));
    on(
        from,
        node -> {
          for (List<String> keys = node.clusterGetKeysInSlot(slot, 10);
              !keys.isEmpty();
              keys = node.clusterGetKeysInSlot(slot, 10)) {
            for (String key : keys) {
              node.migrate("127.0.0.1", to.port(), 0, 5_000, MigrateArgs.Builder.key(key));
            }
          }
          return slot;
        });
    on(to, node -> node.clusterSetSlotNode(slot, toId));
    on(from, node -> node.clusterSetSlotNode(slot, toId));
  }

  @Override
  public void close() {
    all().forEach(RedisProcess::close);
  }
}
