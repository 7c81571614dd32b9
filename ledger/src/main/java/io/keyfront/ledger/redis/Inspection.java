package io.keyfront.ledger.redis;

import java.lang.System.Logger;
import java.util.Optional;

/**
 * What a server says of itself: the answer to INFO.
 *
 * @param runId changes with every start of a server
 * @param policy what it does when its memory is full
 */
record Inspection(Optional<String> runId, Optional<String> policy) {
  private static final Logger LOG = System.getLogger(Inspection.class.getName());

  static final Inspection FORBIDDEN = new Inspection(Optional.empty(), Optional.empty());

  static Inspection of(String info) {
    return new Inspection(field(info, "run_id"), field(info, "maxmemory_policy"));
  }

  private static Optional<String> field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  /**
   * Checks that the server keeps what it was told.
   *
   * @throws RedisRefused when it evicts keys: spend would be forgotten
   */
  void requireKeeping() {
    if (policy.isEmpty()) {
      LOG.log(
          Logger.Level.WARNING,
          "Redis does not say what it does when its memory is full (INFO is forbidden): make sure"
              + " that maxmemory-policy is noeviction, or allow the user +info.");
    } else if (!policy.get().equals("noeviction")) {
      throw new RedisRefused(
          ("Redis evicts keys when its memory is full (maxmemory-policy is %s), so spend would be"
                  + " forgotten. Set maxmemory-policy noeviction.")
              .formatted(policy.get()));
    }
  }
}
