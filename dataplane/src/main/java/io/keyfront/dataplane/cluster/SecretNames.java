package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an informer has to remember of Secrets: which there are, and which version of them. */
final class SecretNames implements ItemStore<Secret> {
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  @Override
  public String getKey(Secret secret) {
    return secret.getMetadata().getName();
  }

  @Override
  public @Nullable Secret put(String name, Secret secret) {
    String version = secret.getMetadata().getResourceVersion();
    String before = versions.put(name, version == null ? "" : version);
    return before == null ? null : named(name, before);
  }

  @Override
  public @Nullable Secret remove(String name) {
    String before = versions.remove(name);
    return before == null ? null : named(name, before);
  }

  @Override
  public @Nullable Secret get(String name) {
    String version = versions.get(name);
    return version == null ? null : named(name, version);
  }

  @Override
  public Stream<String> keySet() {
    return versions.keySet().stream();
  }

  @Override
  public Stream<Secret> values() {
    return versions.entrySet().stream().map(entry -> named(entry.getKey(), entry.getValue()));
  }

  @Override
  public int size() {
    return versions.size();
  }

  @Override
  public boolean isFullState() {
    return false;
  }

  /** Name to version, as of now. */
  Map<String, String> versions() {
    return Map.copyOf(versions);
  }

  static Secret named(String name, String version) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }
}
