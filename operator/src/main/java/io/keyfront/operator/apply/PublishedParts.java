package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.keyfront.operator.observe.SecretStubs;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.SnapshotSecrets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts as they lie in the proxies' namespace: of each its sequence and the digest of its
 * bytes. It stands behind the informer of the snapshot's Secrets, so that whatever somebody else
 * does to them is seen and put right.
 */
public final class PublishedParts extends SecretStubs {
  private final Map<PartName, Published> all = new ConcurrentHashMap<>();
  private final Consumer<PartName> listener;

  /**
   * One part.
   *
   * @param digest SHA-256 of its bytes, in hexadecimal digits
   * @param version the Secret's resourceVersion
   */
  record Published(long sequence, String digest, long version) {}

  /**
   * @param listener told of each part that is not as it was written
   */
  public PublishedParts(Consumer<PartName> listener) {
    this.listener = listener;
  }

  public Optional<Published> get(PartName part) {
    return Optional.ofNullable(all.get(part));
  }

  public Set<PartName> names() {
    return Set.copyOf(all.keySet());
  }

  void written(PartName part, long sequence, String digest, Secret answer) {
    all.put(part, new Published(sequence, digest, version(answer.getMetadata())));
  }

  void deleted(PartName part) {
    all.remove(part);
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", impossible);
    }
  }

  private void seen(PartName part, Secret secret) {
    long version = version(secret.getMetadata());
    Published known = all.get(part);
    if (known != null && version <= known.version()) {
      return;
    }
    Published now = new Published(sequence(secret.getMetadata()), digest(bytes(secret)), version);
    all.put(part, now);
    if (known != null
        && (!known.digest().equals(now.digest()) || known.sequence() != now.sequence())) {
      listener.accept(part);
    }
  }

  private static byte[] bytes(Secret secret) {
    String text =
        secret.getData() == null ? "" : secret.getData().getOrDefault(SnapshotSecrets.DATA_KEY, "");
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException garbage) {
      return new byte[0];
    }
  }

  private static long sequence(ObjectMeta meta) {
    String text =
        meta.getAnnotations() == null ? null : meta.getAnnotations().get(SnapshotSecrets.SEQUENCE);
    return number(text);
  }

  private static long version(ObjectMeta meta) {
    return number(meta.getResourceVersion());
  }

  private static long number(@Nullable String text) {
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException edited) {
      return 0;
    }
  }

  @Override
  protected void came(Secret secret) {
    SnapshotSecrets.partOf(secret.getMetadata().getName()).ifPresent(part -> seen(part, secret));
  }

  @Override
  protected void went(String key, ObjectMeta last) {
    Optional<PartName> part = SnapshotSecrets.partOf(last.getName());
    if (part.isPresent() && all.remove(part.get()) != null) {
      listener.accept(part.get());
    }
  }
}
