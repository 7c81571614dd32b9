package io.keyfront.dataplane.manage;

/**
 * Whether the proxy takes calls.
 *
 * @param snapshot the digest of the configuration in use
 */
public record Readiness(boolean ready, String reason, String snapshot, int activeCalls) {

  /** The answer of {@code /readyz}; every part is our own text, so nothing needs escaping. */
  public String json() {
    return "{\"ready\":%s,\"reason\":\"%s\",\"snapshot\":\"%s\",\"activeCalls\":%d}"
        .formatted(ready, reason, snapshot, activeCalls);
  }
}
