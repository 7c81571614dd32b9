package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stands behind the informer of the proxies' Leases. */
public final class LeaseStore implements ItemStore<Lease> {
  private final Map<String, Lease> all = new ConcurrentHashMap<>();
  private final Proxies proxies;
  private final InstantSource clock;

  public LeaseStore(Proxies proxies, InstantSource clock) {
    this.proxies = proxies;
    this.clock = clock;
  }

  @Override
  public String getKey(Lease lease) {
    return Cache.metaNamespaceKeyFunc(lease);
  }

  @Override
  public @Nullable Lease put(String key, Lease lease) {
    proxies.take(lease, clock.instant());
    return all.put(key, lease);
  }

  @Override
  public @Nullable Lease remove(String key) {
    Lease before = all.remove(key);
    if (before != null) {
      proxies.remove(before.getMetadata().getName());
    }
    return before;
  }

  @Override
  public Stream<String> keySet() {
    return all.keySet().stream();
  }

  @Override
  public Stream<Lease> values() {
    return all.values().stream();
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public @Nullable Lease get(String key) {
    return all.get(key);
  }
}
