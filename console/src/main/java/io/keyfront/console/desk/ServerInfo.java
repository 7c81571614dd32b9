package io.keyfront.console.desk;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a running server says about itself.
 *
 * @param snapshotDigest identifies the configuration in force
 * @param agents where agents call, a URL
 * @param management where this API is, a URL
 * @param counts how many there are, by plural noun, in the order to show
 */
public record ServerInfo(
    String version,
    String snapshotDigest,
    String agents,
    String management,
    Instant startedAt,
    Map<String, Integer> counts) {

  public ServerInfo {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
