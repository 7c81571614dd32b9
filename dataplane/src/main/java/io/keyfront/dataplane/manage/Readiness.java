package io.keyfront.dataplane.manage;

/**
 * Whether the proxy takes calls.
 *
 * @param snapshot the digest of the configuration in use
 * @param parts a JSON object about the parts of the configuration; empty where it has none
 * @param notes a JSON array of what does not work although calls are taken; empty where all does
 */
public record Readiness(
    boolean ready, String reason, String snapshot, int activeCalls, String parts, String notes) {

  /**
   * @param draining whether the proxy is stopping
   */
  public static Readiness of(
      boolean draining, Condition condition, String snapshot, int activeCalls) {
    boolean ready = !draining && condition.ready();
    String unready = draining ? "draining" : condition.reason();
    return new Readiness(
        ready,
        ready ? "serving" : unready,
        snapshot,
        activeCalls,
        condition.json(),
        condition.notes());
  }

  /** The answer of {@code /readyz}; every text is our own, so nothing needs escaping. */
  public String json() {
    return "{\"ready\":%s,\"reason\":\"%s\",\"snapshot\":\"%s\",\"activeCalls\":%d%s%s}"
        .formatted(
            ready, reason, snapshot, activeCalls, field("parts", parts), field("notes", notes));
  }

  private static String field(String name, String json) {
    return json.isEmpty() ? "" : ",\"" + name + "\":" + json;
  }
}
