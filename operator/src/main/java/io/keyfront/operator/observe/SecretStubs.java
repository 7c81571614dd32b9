package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer keeps of Secrets: which there are, and nothing of what they hold. Each is shown
 * once, as it comes, to whoever keeps what is worth keeping.
 */
public abstract class SecretStubs implements ItemStore<Secret> {
  private final Map<String, Secret> stubs = new ConcurrentHashMap<>();

  /** A Secret as it is now. */
  protected abstract void came(Secret secret);

  /**
   * A Secret is there no more.
   *
   * @param last what was kept of its metadata
   */
  protected abstract void went(String key, ObjectMeta last);

  @Override
  public final String getKey(Secret secret) {
    return Cache.metaNamespaceKeyFunc(secret);
  }

  @Override
  public final @Nullable Secret put(String key, Secret secret) {
    came(secret);
    return stubs.put(
        key, new SecretBuilder().withMetadata(Slim.metadata(secret.getMetadata())).build());
  }

  @Override
  public final @Nullable Secret remove(String key) {
    Secret stub = stubs.remove(key);
    if (stub != null) {
      went(key, stub.getMetadata());
    }
    return stub;
  }

  @Override
  public final Stream<String> keySet() {
    return stubs.keySet().stream();
  }

  @Override
  public final Stream<Secret> values() {
    return stubs.values().stream();
  }

  @Override
  public final int size() {
    return stubs.size();
  }

  @Override
  public final @Nullable Secret get(String key) {
    return stubs.get(key);
  }
}
