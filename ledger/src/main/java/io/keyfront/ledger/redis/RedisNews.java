package io.keyfront.ledger.redis;

import java.time.Duration;

/** What happened to the Redis that keeps the ledger, for the log. */
public sealed interface RedisNews {
  /** In a sentence. */
  String sentence();

  /** Another server answers, or the same one after a restart: its data may lack something. */
  record Replaced() implements RedisNews {
    @Override
    public String sentence() {
      return "Redis is another one than before (restarted, or a replica took over): what it may"
          + " lack is told again.";
    }
  }

  /** What Redis had acknowledged is not there any more. */
  record Forgot(String what) implements RedisNews {
    @Override
    public String sentence() {
      return "Redis lost data: " + what + ".";
    }
  }

  /** Calls under a budget are refused for a time. */
  record Closed(Duration time) implements RedisNews {
    @Override
    public String sentence() {
      return "Budgets are closed for %s, until every server that is alive has told Redis what it lost."
          .formatted(time.toString().substring(2).toLowerCase(java.util.Locale.ROOT));
    }
  }

  /**
   * This proxy has told all.
   *
   * @param holds calls under way
   * @param settlements that had been acknowledged
   * @param seeded accounts whose spend now is at least their mark
   */
  record Recovered(long holds, long settlements, long seeded) implements RedisNews {
    @Override
    public String sentence() {
      return "Redis was told what it lost: %d calls under way and %d settlements; %d accounts were charged up to their marks (keyfront usage shows what that cost)."
          .formatted(holds, settlements, seeded);
    }
  }
}
