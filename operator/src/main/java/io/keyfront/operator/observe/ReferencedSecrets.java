package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.secret.SecretText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets that resources refer to. It stands behind the informers of all Secrets, and keeps of
 * each its name and version, and the values only of keys that something refers to. A key that is
 * referred to after its Secret was seen is {@link #unread}: to be read once from the API server.
 */
public final class ReferencedSecrets {
  /** Longest value that is looked at, in bytes; no key or token comes near it. */
  static final int VALUE_MAX = 64 * 1024;

  private final Map<String, Secret> seen = new ConcurrentHashMap<>();
  private final Map<ObjectName, Map<String, Integer>> wanted = new HashMap<>();
  private final Map<ObjectName, Resource.Secret> read = new HashMap<>();
  private final Map<ObjectName, Set<String>> readKeys = new HashMap<>();
  private final Consumer<ObjectName> listener;
  private final Consumer<ObjectName> whenGone;

  /**
   * @param listener told the name of each referred Secret that changed
   * @param whenGone told the name of each Secret that went, referred to or not
   */
  public ReferencedSecrets(Consumer<ObjectName> listener, Consumer<ObjectName> whenGone) {
    this.listener = listener;
    this.whenGone = whenGone;
  }

  /** An object came, changed or went. */
  public synchronized void refer(@Nullable HasMetadata before, @Nullable HasMetadata now) {
    Set<References.Key> old = References.of(before);
    Set<References.Key> next = References.of(now);
    next.stream().filter(key -> !old.contains(key)).forEach(key -> count(key, 1));
    old.stream().filter(key -> !next.contains(key)).forEach(key -> count(key, -1));
  }

  private void count(References.Key key, int more) {
    Map<String, Integer> keys = wanted.computeIfAbsent(key.secret(), name -> new HashMap<>());
    keys.merge(key.key(), more, (a, b) -> a + b == 0 ? null : a + b);
    if (keys.isEmpty()) {
      wanted.remove(key.secret());
      forget(key.secret());
    }
  }

  private void forget(ObjectName name) {
    read.remove(name);
    readKeys.remove(name);
  }

  /** Secrets that are there, with keys that are referred to and were never read. */
  public synchronized List<ObjectName> unread() {
    List<ObjectName> names = new ArrayList<>();
    wanted.forEach(
        (name, keys) -> {
          if (seen.containsKey(name.toString())
              && !readKeys.getOrDefault(name, Set.of()).containsAll(keys.keySet())) {
            names.add(name);
          }
        });
    return names;
  }

  /** Takes what is referred to from a Secret. */
  public synchronized boolean take(Secret secret) {
    ObjectName name = ObjectName.of(secret);
    Map<String, Integer> keys = wanted.get(name);
    if (keys == null) {
      forget(name);
      return false;
    }
    read.put(name, resource(secret, keys.keySet()));
    readKeys.put(name, Set.copyOf(keys.keySet()));
    return true;
  }

  /** Those read of the names. */
  public synchronized List<Resource.Secret> of(Collection<ObjectName> names) {
    return names.stream().map(read::get).filter(secret -> secret != null).toList();
  }

  /** Everything read. */
  public synchronized List<Resource.Secret> all() {
    return List.copyOf(read.values());
  }

  /** The Secrets that an object refers to. */
  public static Set<ObjectName> referredBy(HasMetadata object) {
    Set<ObjectName> names = new HashSet<>();
    References.of(object).forEach(key -> names.add(key.secret()));
    return names;
  }

  private static Resource.Secret resource(Secret secret, Set<String> keys) {
    Map<String, SecretText> texts = new HashMap<>();
    Set<String> unusable = new HashSet<>();
    Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
    for (String key : keys) {
      String value = data.get(key);
      if (value != null) {
        String text = text(value);
        if (text.isEmpty()) {
          unusable.add(key);
        } else {
          texts.put(key, SecretText.of(text));
        }
      }
    }
    ObjectName name = ObjectName.of(secret);
    return new Resource.Secret(
        Metadata.of(name.namespace(), name.name()), texts, unusable, Origin.NONE);
  }

  /** Empty for what is no text. */
  static String text(String base64) {
    if (base64.length() > VALUE_MAX * 4 / 3 + 4) {
      return "";
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException | IllegalArgumentException binary) {
      return "";
    }
  }

  private void put(Secret secret) {
    if (take(secret)) {
      listener.accept(ObjectName.of(secret));
    }
  }

  private synchronized void gone(Secret secret) {
    ObjectName name = ObjectName.of(secret);
    forget(name);
    if (wanted.containsKey(name)) {
      listener.accept(name);
    }
  }

  /** For one informer; of several, each watches one namespace. */
  public ItemStore<Secret> section(String namespace) {
    return new Section(namespace.isEmpty() ? "" : namespace + "/");
  }

  private final class Section implements ItemStore<Secret> {
    private final String prefix;

    private Section(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public String getKey(Secret secret) {
      return Cache.metaNamespaceKeyFunc(secret);
    }

    @Override
    public @Nullable Secret put(String key, Secret secret) {
      Secret stub = new SecretBuilder().withMetadata(Slim.metadata(secret.getMetadata())).build();
      Secret before = seen.put(key, stub);
      ReferencedSecrets.this.put(secret);
      return before;
    }

    @Override
    public @Nullable Secret remove(String key) {
      Secret before = seen.remove(key);
      if (before != null) {
        gone(before);
        whenGone.accept(ObjectName.of(before));
      }
      return before;
    }

    @Override
    public Stream<String> keySet() {
      return seen.keySet().stream().filter(key -> key.startsWith(prefix));
    }

    @Override
    public Stream<Secret> values() {
      return keySet().map(seen::get).filter(secret -> secret != null);
    }

    @Override
    public int size() {
      return seen.size();
    }

    @Override
    public @Nullable Secret get(String key) {
      return seen.get(key);
    }
  }
}
