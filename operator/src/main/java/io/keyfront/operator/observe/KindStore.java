package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All objects of one kind, slimmed. It is the informers' own store, so nothing is kept twice, and
 * it tells of changes in the order in which they came. Safe for use from many threads.
 */
public final class KindStore<R extends HasMetadata> {
  private final ConcurrentHashMap<String, R> all = new ConcurrentHashMap<>();
  private final UnaryOperator<R> slim;
  private final Listener<R> listener;

  /** Told of every change, on the informer's thread: must be quick and must not throw. */
  @FunctionalInterface
  public interface Listener<R> {
    /** Either may be absent, not both. */
    void changed(@Nullable R before, @Nullable R now);
  }

  public KindStore(UnaryOperator<R> slim, Listener<R> listener) {
    this.slim = slim;
    this.listener = listener;
  }

  public @Nullable R get(ObjectName name) {
    return all.get(name.toString());
  }

  /** As it stands; changes show through. */
  public Collection<R> values() {
    return all.values();
  }

  public int size() {
    return all.size();
  }

  /**
   * The part of one informer.
   *
   * @param namespace that it watches; absent is all
   */
  public ItemStore<R> section(Optional<String> namespace) {
    return new Section(namespace.map(name -> name + "/").orElse(""));
  }

  private final class Section implements ItemStore<R> {
    private final String prefix;

    private Section(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public String getKey(R object) {
      return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable R put(String key, R object) {
      R now = slim.apply(object);
      R before = all.put(key, now);
      listener.changed(before, now);
      return before;
    }

    @Override
    public @Nullable R remove(String key) {
      R before = all.remove(key);
      if (before != null) {
        listener.changed(before, null);
      }
      return before;
    }

    @Override
    public Stream<String> keySet() {
      return all.keySet().stream().filter(key -> key.startsWith(prefix));
    }

    @Override
    public Stream<R> values() {
      return keySet().map(all::get).filter(object -> object != null);
    }

    @Override
    public int size() {
      return prefix.isEmpty() ? all.size() : Math.toIntExact(keySet().count());
    }

    @Override
    public @Nullable R get(String key) {
      return all.get(key);
    }
  }
}
