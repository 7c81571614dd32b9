package io.keyfront.ledger.local;

/**
 * When the journal is forced to the disk. A killed process loses nothing either way, as what it
 * wrote is the operating system's by then; this is about the machine losing power.
 */
public enum Fsync {
  /**
   * The operating system decides, on Linux within about 30 s. A power loss may forget what was held
   * and spent in that time, and all after the last compaction where the disk wrote out of order.
   */
  NEVER,
  /** Each 100 ms: a power loss may forget what was held and spent in the last one. */
  INTERVAL,
  /**
   * Before a hold or a settlement completes, many at a time: a power loss forgets nothing. Each
   * call waits for the disk, some milliseconds.
   */
  ALWAYS
}
