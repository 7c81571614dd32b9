package io.keyfront.ledger.redis;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Carries calls of the script to Redis. */
interface Link {
  /** Whether calls may be sent now; otherwise they fail at once. */
  boolean ready();

  /** Whether all keys of a call must be in one slot. */
  boolean slotted();

  /**
   * Calls the script.
   *
   * @param gate of the server that it is meant for
   * @param keys at least one
   * @return the answer; completes on the link's thread, or fails with what is wrong in a sentence
   *     without secrets
   */
  CompletionStage<byte[]> call(Gate gate, List<byte[]> keys, byte[] batch);

  /** The server that has a key: while one does not answer, others may. */
  Object server(byte[] key);

  /** A server did not know the script, so it is another than was thought: finds out who it is. */
  void strange(Object server);

  /** Gives up a connection that has not answered for long, and makes another. */
  void renew();
}
