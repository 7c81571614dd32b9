package io.keyfront.ledger.redis;

import static io.keyfront.ledger.redis.LossFixture.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.ledger.Hold;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis comes back with older data: what is missing is told again, or bounded by the marks. */
class RedisStaleTest {
  @TempDir private Path home;
  @TempDir private Path otherHome;

  /** One address for whichever server is the master, as a service in front of them has. */
  private static final class Front implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;

    Front(RedisProcess first) throws IOException {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      target = first.port();
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    String uri() {
      return "redis://127.0.0.1:" + port();
    }

    void turnTo(RedisProcess next) throws IOException {
      target = next.port();
      for (Socket each : open) {
        each.close();
      }
    }

    private void accept() {
      try {
        while (true) {
          join(server.accept());
        }
      } catch (IOException closed) {
        // The end.
      }
    }

    private void join(Socket client) throws IOException {
      try {
        Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(redis);
        if (server.isClosed()) {
          redis.close();
          client.close();
          return;
        }
        Thread.ofVirtual().start(() -> pump(client, redis));
        Thread.ofVirtual().start(() -> pump(redis, client));
      } catch (IOException nobodyThere) {
        client.close();
      }
    }

    private static void pump(Socket from, Socket to) {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException closed) {
        // One of them is gone: so is the other.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
      for (Socket each : open) {
        each.close();
      }
    }
  }

  private static void awaitBeats(LossFixture server) {
    long before = server.marks.seen().orElseThrow().beat();
    await().until(() -> server.marks.seen().orElseThrow().beat() > before);
  }

  /** Waits until a replica has all, and lets it have nothing of what comes. */
  private static void cutOff(RedisProcess master, RedisProcess replica, Front between)
      throws IOException {
    await()
        .until(() -> offset(master, "master_repl_offset") <= offset(replica, "slave_repl_offset"));
    between.close();
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

  @Test
  void replicaThatLaggedIsToldWhatItMissesToTheNanoDollar() throws IOException {
    try (RedisProcess master = RedisProcess.started("--repl-diskless-sync-delay", "0");
        Front between = new Front(master);
        RedisProcess replica = RedisProcess.replicaOf(between.port());
        Front front = new Front(master);
        LossFixture server = new LossFixture(front.uri(), home);
        LossFixture other = new LossFixture(front.uri(), otherHome)) {
      Hold early = server.held(100);
      server.used(server.held(50), 50);
      awaitBeats(server);
      awaitBeats(other);
      cutOff(master, replica, between);
      server.used(early, 70);
      server.used(server.held(200), 180);
      Hold underWay = server.held(100);
      other.used(other.held(150), 150);
      master.stop();

      replica.promote();
      front.turnTo(replica);

      server.awaitRecovered(1);
      other.awaitRecovered(1);
      assertThat(server.reserved()).isEqualTo(100);
      assertThat(server.spent()).isEqualTo(server.bill + other.bill);
      assertThat(server.seeded()).isZero();
      server.used(underWay, 90);
      assertThat(server.spent()).isEqualTo(server.bill + other.bill);
      server.spendAll(50);
      assertThat(server.bill + other.bill).isLessThanOrEqualTo(LIMIT);
    }
  }

  /** A server that is killed with the master takes with it what only it knew. */
  @Test
  void whatAServerKilledWithTheMasterKnewIsChargedWhenItIsBack() throws IOException {
    try (RedisProcess master = RedisProcess.started("--repl-diskless-sync-delay", "0");
        Front between = new Front(master);
        RedisProcess replica = RedisProcess.replicaOf(between.port());
        Front front = new Front(master);
        LossFixture server = new LossFixture(front.uri(), home)) {
      LossFixture killed = new LossFixture(front.uri(), otherHome);
      killed.used(killed.held(100), 100);
      awaitBeats(server);
      cutOff(master, replica, between);
      killed.used(killed.held(300), 300);
      awaitBeats(killed);
      killed.kill();
      master.stop();
      replica.promote();
      front.turnTo(replica);
      server.awaitRecovered(1);
      assertThat(server.spent()).isEqualTo(100);

      try (LossFixture back = new LossFixture(front.uri(), otherHome)) {
        back.awaitRecovered(1);
        assertThat(back.spent()).isGreaterThanOrEqualTo(killed.bill);
        back.spendAll(50);
        assertThat(killed.bill + back.bill).isLessThanOrEqualTo(LIMIT);
      }
    }
  }

  @Test
  void anOldCopyThatIsPutBackIsChargedUpToTheMark() throws IOException {
    try (RedisProcess redis = RedisProcess.started("--dbfilename", "dump.rdb")) {
      LossFixture before = new LossFixture(redis.uri(), home);
      before.used(before.held(100), 100);
      assertThat(redis.<String>ask(connection -> connection.sync().save())).isEqualTo("OK");
      Path copy = redis.folder().resolve("copy");
      Files.copy(redis.folder().resolve("dump.rdb"), copy);
      for (int i = 0; i < 5; i++) {
        before.used(before.held(100), 100);
      }
      awaitBeats(before);
      before.kill();
      redis.stop();
      Files.copy(copy, redis.folder().resolve("dump.rdb"), StandardCopyOption.REPLACE_EXISTING);
      redis.start();

      try (LossFixture after = new LossFixture(redis.uri(), home)) {
        after.awaitRecovered(1);
        assertThat(after.spent()).isGreaterThanOrEqualTo(before.bill);
        assertThat(after.seeded()).isEqualTo(after.spent() - 100);
        after.spendAll(50);
        assertThat(before.bill + after.bill).isLessThanOrEqualTo(LIMIT).isGreaterThan(700);
      }
    }
  }

  @Test
  void aCopyThatIsWholeCostsNothing() {
    try (RedisProcess redis =
            RedisProcess.started("--appendonly", "yes", "--appendfsync", "always");
        LossFixture server = new LossFixture(redis.uri(), home)) {
      server.used(server.held(100), 100);
      Hold underWay = server.held(100);
      redis.stop();
      redis.start();

      server.awaitRecovered(1);
      assertThat(server.spent()).isEqualTo(100);
      assertThat(server.reserved()).isEqualTo(100);
      server.used(underWay, 30);
      assertThat(server.spent()).isEqualTo(130);
      assertThat(server.seeded()).isZero();
    }
  }
}
