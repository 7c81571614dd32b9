package io.keyfront.compiler.resource;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every resource says about itself.
 *
 * @param namespace a DNS-1123 label
 * @param name a DNS-1123 subdomain, at most 253 characters
 * @param creationTimestamp when it came to be, where that is known
 * @param uid the API server's, where there is one
 */
public record Metadata(
    String namespace,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    Optional<Instant> creationTimestamp,
    Optional<String> uid) {
  /** Where a resource without a namespace is. */
  public static final String DEFAULT_NAMESPACE = "default";

  public Metadata {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  public static Metadata of(String namespace, String name) {
    return new Metadata(namespace, name, Map.of(), Map.of(), Optional.empty(), Optional.empty());
  }
}
