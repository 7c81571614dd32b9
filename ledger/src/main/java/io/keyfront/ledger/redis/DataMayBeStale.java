package io.keyfront.ledger.redis;

/**
 * Hears that Redis is another one than before: restarted, perhaps from an older copy, or a replica
 * that took over. Its data may lack what was acknowledged. Called on the link's thread after the
 * connection was made and before any answer of the new server is handed out, so what it sets holds
 * for all of them: the place to re-send what was settled and is held since the last checkpoint.
 */
@FunctionalInterface
public interface DataMayBeStale {
  /** For a Redis that is never replaced. */
  DataMayBeStale IGNORED = (before, after) -> {};

  /**
   * @param before the run id of the server that was spoken to
   * @param after the run id of the one that answers now
   */
  void changed(String before, String after);
}
