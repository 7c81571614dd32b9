package io.keyfront.e2e.chaos;

import java.nio.file.Path;
import java.time.Duration;

/** The Redis that the proxies share, and all that can befall it. For one thread. */
final class RedisSite implements AutoCloseable {
  /** Short enough that leases end while the load goes on. */
  static final Duration LEASE = Duration.ofSeconds(15);

  private static final Duration TO_COPY = Duration.ofSeconds(30);

  private final Path folder;
  private final boolean paired;

  /** What proxies connect to. */
  private final Relay front;

  /** What the replica follows its master by. */
  private final Relay link;

  private RedisServer master;
  private RedisServer replica;

  RedisSite(Path folder, boolean paired) {
    this.folder = folder;
    this.paired = paired;
    this.master = new RedisServer(folder, "redis-1");
    this.replica = master;
    this.front = new Relay(master.port());
    this.link = new Relay(master.port());
    master.awaitAnswers();
    if (paired) {
      replica = new RedisServer(folder, "redis-2");
      replica.kill();
      follow();
    }
  }

  private void follow() {
    replica.startAsReplicaOf(link.port());
    Patience.await(TO_COPY, "the replica copies its master", replica::isReplicaInStep);
  }

  String uri() {
    int port = paired ? front.port() : master.port();
    return "redis://127.0.0.1:%d?lease=%ds".formatted(port, LEASE.toSeconds());
  }

  /** SIGSTOP, and SIGCONT after a while. */
  void pause(Duration time) {
    master.pause();
    Patience.pause(time);
    master.resume();
  }

  void restart(Duration away) {
    master.kill();
    Patience.pause(away);
    master.start();
    master.awaitAnswers();
  }

  void restartEmpty(Duration away) {
    master.kill();
    master.wipe();
    Patience.pause(away);
    master.start();
    master.awaitAnswers();
  }

  /** The replica hears nothing for a while, the master dies, and the replica takes its place. */
  void failOver(Duration behind) {
    link.hold();
    Patience.pause(behind);
    master.kill();
    replica.becomeMaster();
    RedisServer dead = master;
    master = replica;
    replica = dead;
    link.leadTo(master.port());
    front.leadTo(master.port());
    follow();
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  @Override
  public void close() {
    front.close();
    link.close();
    master.kill();
    replica.kill();
  }
}
