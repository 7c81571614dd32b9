package io.keyfront.ledger.redis;

import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KillArgs;
import java.time.Duration;
import java.util.Optional;

/** What may happen to a Redis while servers use it, as it does to a real one. */
public enum Trouble {
  /** It ends, and comes back with all of its data. */
  STOPPED {
    @Override
    void begin(Scene scene) {
      scene.server.stop();
    }

    @Override
    void end(Scene scene) {
      scene.server.start();
    }
  },

  /** It hangs: its connections stay, and it says nothing. */
  PAUSED {
    @Override
    void begin(Scene scene) {
      scene.server.pause();
    }

    @Override
    void end(Scene scene) {
      scene.server.resume();
    }
  },

  /** The master dies for good; Sentinel makes its replica the master. */
  FAILING_OVER {
    @Override
    void begin(Scene scene) {
      scene.server.stop();
    }

    @Override
    void end(Scene scene) {
      scene.watched.orElseThrow().awaitFailover();
    }
  },

  /** It comes back at once, without any data. */
  RESTARTED_EMPTY {
    @Override
    void begin(Scene scene) {
      scene.server.stop();
      scene.server.forget();
      scene.server.start();
    }

    @Override
    void end(Scene scene) {}
  },

  /** It does all that it is told, and says so too late for anybody who waits. */
  SLOW {
    @Override
    void begin(Scene scene) {
      scene.tunnel.delay(Duration.ofMillis(350));
    }

    @Override
    void end(Scene scene) {
      scene.tunnel.delay(Duration.ZERO);
    }
  },

  /** Its administrator locks the servers' user out. */
  REFUSING {
    @Override
    void begin(Scene scene) {
      scene.user(AclSetuserArgs.Builder.off());
    }

    @Override
    void end(Scene scene) {
      scene.user(AclSetuserArgs.Builder.on());
    }
  };

  private static final String USER = "keyfront";
  private static final String FAKE = "fake-password-of-a-test";

  abstract void begin(Scene scene);

  abstract void end(Scene scene);

  /** A Redis that this trouble comes to. */
  public Scene scene() {
    return new Scene(this);
  }

  /** Everything that one trouble needs. */
  public static final class Scene implements AutoCloseable {
    private final Trouble trouble;
    private final RedisProcess server =
        RedisProcess.started("--appendonly", "yes", "--appendfsync", "always");
    private final Optional<Watched> watched;
    private final Tunnel tunnel = new Tunnel(RedisProcess.freePort(), server.port());

    private Scene(Trouble trouble) {
      this.trouble = trouble;
      this.watched = trouble == FAILING_OVER ? Optional.of(Watched.over(server)) : Optional.empty();
      user(AclSetuserArgs.Builder.on().addPassword(FAKE).allKeys().allCommands());
    }

    /**
     * How the ledger is reached that the trouble comes to, and for how long budgets close after.
     */
    public RedisSettings settings() {
      return switch (trouble) {
        case STOPPED, PAUSED, SLOW, REFUSING -> address().closing(Duration.ofMillis(300));
        case FAILING_OVER, RESTARTED_EMPTY -> address().closing(Duration.ofSeconds(3));
      };
    }

    private RedisSettings address() {
      return switch (trouble) {
        case STOPPED, PAUSED, RESTARTED_EMPTY -> RedisSettings.of(server.uri());
        case FAILING_OVER -> RedisSettings.of(watched.orElseThrow().uri());
        case SLOW -> RedisSettings.of("redis://127.0.0.1:" + tunnel.port());
        case REFUSING -> RedisSettings.of(server.uri()).as(USER, FAKE);
      };
    }

    public void begin() {
      trouble.begin(this);
    }

    public void end() {
      trouble.end(this);
    }

    /** Whose connections end: they may only come back as he is now. */
    private void user(AclSetuserArgs change) {
      server.ask(
          connection -> {
            connection.sync().aclSetuser(USER, change);
            return connection.sync().clientKill(KillArgs.Builder.user(USER));
          });
    }

    @Override
    public void close() {
      tunnel.close();
      watched.ifPresent(Watched::close);
      server.close();
    }
  }
}
