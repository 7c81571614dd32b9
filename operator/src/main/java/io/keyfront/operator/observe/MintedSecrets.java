package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The Secrets that the operator minted, by name. It stands behind their informers, and takes what
 * the operator has just written without waiting for the watch; what comes late is passed over.
 */
public final class MintedSecrets {
  private final Map<String, MintedSecret> all = new ConcurrentHashMap<>();
  private final TokenEnvironment environment;
  private final BiConsumer<ObjectName, MintedSecret> listener;

  /**
   * @param listener told of each Secret that changed or went, as it was last known
   */
  public MintedSecrets(
      TokenEnvironment environment, BiConsumer<ObjectName, MintedSecret> listener) {
    this.environment = environment;
    this.listener = listener;
  }

  public Optional<MintedSecret> get(ObjectName name) {
    return Optional.ofNullable(all.get(name.toString()));
  }

  public int size() {
    return all.size();
  }

  /** The kids of the keys that signed what is in force. */
  public Set<String> signingKeys(Instant now) {
    return all.values().stream()
        .flatMap(secret -> secret.signingKeys(now))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Takes a Secret as it is now; whoever reads it next sees it. */
  public MintedSecret take(Secret secret) {
    MintedSecret now = MintedSecret.of(secret, environment);
    MintedSecret kept = all.merge(now.name().toString(), now, MintedSecrets::newer);
    if (kept.equals(now)) {
      listener.accept(now.name(), now);
    }
    return kept;
  }

  private static MintedSecret newer(MintedSecret known, MintedSecret seen) {
    boolean older = known.uid().equals(seen.uid()) && version(seen) < version(known);
    return older ? known : seen;
  }

  private static long version(MintedSecret secret) {
    try {
      return Long.parseLong(secret.version());
    } catch (NumberFormatException opaque) {
      return Long.MAX_VALUE;
    }
  }

  private void forget(String key, MintedSecret gone) {
    if (all.remove(key, gone)) {
      listener.accept(gone.name(), gone);
    }
  }

  /** For one informer; of several, each watches one namespace. */
  public ItemStore<Secret> section() {
    return new Section();
  }

  private final class Section extends SecretStubs {
    @Override
    protected void came(Secret secret) {
      take(secret);
    }

    @Override
    protected void went(String key, ObjectMeta last) {
      MintedSecret known = all.get(key);
      // One that was made anew under the same name is another one.
      if (known != null && known.uid().equals(last.getUid())) {
        forget(key, known);
      }
    }
  }
}
