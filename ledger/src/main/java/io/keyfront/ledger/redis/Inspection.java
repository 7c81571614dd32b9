package io.keyfront.ledger.redis;

import java.lang.System.Logger;
import java.time.Duration;
import java.util.Optional;

/**
 * What a server says of itself: the answer to INFO.
 *
 * @param runId changes with every start of a server
 * @param policy what it does when its memory is full
 * @param successorOf whose data it had when it became a master; absent for one that always was
 * @param uptime for how long it has been there; zero where it does not say
 * @param version the first number of its version; 0 where it does not say
 * @param empty whether it has no data
 */
record Inspection(
    Optional<String> runId,
    Optional<String> policy,
    Optional<String> successorOf,
    Duration uptime,
    int version,
    boolean empty) {
  private static final Logger LOG = System.getLogger(Inspection.class.getName());

  static final Inspection FORBIDDEN =
      new Inspection(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO, 0, false);

  static Inspection of(String info) {
    return new Inspection(
        field(info, "run_id"),
        field(info, "maxmemory_policy"),
        field(info, "master_replid2").filter(id -> !id.chars().allMatch(digit -> digit == '0')),
        Duration.ofSeconds(field(info, "uptime_in_seconds").map(Long::parseLong).orElse(0L)),
        field(info, "redis_version").map(Inspection::major).orElse(0),
        field(info, "db0").isEmpty());
  }

  private static int major(String version) {
    int dot = version.indexOf('.');
    String first = dot < 0 ? version : version.substring(0, dot);
    return first.chars().allMatch(Character::isDigit) && !first.isEmpty()
        ? Integer.parseInt(first)
        : 0;
  }

  /** Whether scripts are part of what a replica, or a restart, gets to know. */
  boolean scriptsTravel() {
    return version < 7;
  }

  /**
   * Tells apart servers, and the times that one was a master: at most 2^52, 0 where unknown. What
   * was written in another epoch may lack something.
   */
  long epoch() {
    String server = runId.orElse("") + successorOf.orElse("");
    return server.isEmpty() ? 0 : Long.parseLong(Keys.hashed(server).substring(0, 13), 16);
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
