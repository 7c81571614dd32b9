package io.keyfront.cli.serve;

import io.keyfront.ledger.redis.RedisRefused;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Waits for a Redis that is away when a pod starts: Kubernetes, which would start the pod again,
 * does so ever more rarely.
 */
final class RedisAtStart {
  private static final System.Logger LOG = System.getLogger(RedisAtStart.class.getName());

  private RedisAtStart() {}

  /**
   * @param connect tried until it succeeds
   * @param patience after so long it is tried no more
   * @param pause between two tries
   * @throws RedisRefused when Redis refuses, or could not be reached in time
   */
  static <T> T await(Supplier<T> connect, Duration patience, Duration pause) {
    long begun = System.nanoTime();
    String told = "";
    while (true) {
      try {
        return connect.get();
      } catch (RedisRefused refused) {
        if (!refused.isPassing() || System.nanoTime() - begun >= patience.toNanos()) {
          throw refused;
        }
        String why = String.valueOf(refused.getMessage());
        if (!why.equals(told)) {
          LOG.log(
              Level.WARNING, "{0} It is waited for, for {1} s at most.", why, patience.toSeconds());
        }
        told = why;
        rest(pause, refused);
      }
    }
  }

  private static void rest(Duration pause, RedisRefused refused) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw refused;
    }
  }
}
