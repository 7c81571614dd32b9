package io.keyfront.e2e.chaos;

/** What is done to Redis, beside all that is done to proxies, clients and the provider. */
public enum Scenario {
  /** It is stopped, killed and started again with all that it acknowledged. */
  BASE,
  /** It is killed, and a replica takes over that lacks the last moments. */
  FAILOVER,
  /** It comes back empty. */
  EMPTY;

  /**
   * Whether proxies are killed too. Where a replica takes over they are not: what only a dead proxy
   * and a dead Redis knew is lost by any design, and a dead proxy's holds, charged in full, would
   * hide what else is missing.
   */
  boolean killsProxies() {
    return this != FAILOVER;
  }

  /** Whether every call is on the books in the end, and not only the money. */
  boolean remembersCalls() {
    return this != EMPTY;
  }

  /** Whether Redis still knows everything that it ever acknowledged. */
  boolean keepsEverything() {
    return this == BASE;
  }
}
