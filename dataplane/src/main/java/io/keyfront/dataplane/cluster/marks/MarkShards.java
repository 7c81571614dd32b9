package io.keyfront.dataplane.cluster.marks;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Where shards of marks last: written whole, and only over the version that was read. */
interface MarkShards {
  /**
   * A shard as it lasts.
   *
   * @param version changes with every write
   * @param epoch of the ledger that everything was told to, as far as anybody knows; in the first
   *     shard only
   */
  record Stored(String version, byte[] marks, OptionalLong epoch) {}

  /**
   * A shard as it should be.
   *
   * @param version that it follows; empty where there is none yet
   */
  record Wanted(int shard, String version, byte[] marks, OptionalLong epoch) {}

  /**
   * Those that were ever written, by their numbers, in few questions: a proxy that starts waits.
   */
  Map<Integer, Stored> all() throws IOException;

  /** Empty where it was never written. */
  Optional<Stored> read(int shard) throws IOException;

  /** The new version; empty where somebody else wrote since. */
  Optional<String> write(Wanted wanted) throws IOException;

  /** Where it is, for people. */
  String place();
}
