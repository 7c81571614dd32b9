package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.KeyRing;
import io.keyfront.crds.KeyfrontApi;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret of the keys that sign tokens of format JWT, as it is now. It stands behind the
 * informer of that one Secret, and takes what the operator has just written without waiting for the
 * watch.
 */
public final class SigningSecret extends SecretStubs {
  /** Its name, in the operator's namespace. */
  public static final String NAME = "keyfront-signing-keys";

  /** The key of its data: a JWK set with the private halves. */
  public static final String DATA_KEY = "keys.json";

  /** What it is told apart by from Secrets that resources may refer to. */
  public static final String LABEL = KeyfrontApi.GROUP + "/signing-keys";

  private final Runnable changed;
  private Optional<Seen> seen = Optional.empty();

  /**
   * What is there.
   *
   * @param ring absent where it cannot be read
   */
  public record Seen(String uid, String version, Optional<KeyRing> ring) {}

  /**
   * @param changed called when the keys are others than before
   */
  public SigningSecret(Runnable changed) {
    this.changed = changed;
  }

  public synchronized Optional<Seen> seen() {
    return seen;
  }

  /** The keys that are there and can be used. */
  public Optional<KeyRing> ring() {
    return seen().flatMap(Seen::ring);
  }

  /** Takes the Secret as it is now. */
  public void take(Secret secret) {
    Seen now =
        new Seen(
            secret.getMetadata().getUid(), secret.getMetadata().getResourceVersion(), ring(secret));
    synchronized (this) {
      if (seen.filter(known -> isOlder(now, known)).isPresent()) {
        return;
      }
      seen = Optional.of(now);
    }
    changed.run();
  }

  private static boolean isOlder(Seen one, Seen known) {
    return one.uid().equals(known.uid())
        && (one.version().equals(known.version()) || version(one) < version(known));
  }

  private static long version(Seen one) {
    try {
      return Long.parseLong(one.version());
    } catch (NumberFormatException opaque) {
      return Long.MAX_VALUE;
    }
  }

  private static Optional<KeyRing> ring(Secret secret) {
    Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
    String text = ReferencedSecrets.text(data.getOrDefault(DATA_KEY, ""));
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(KeyRing.parse(SecretText.of(text)));
    } catch (IllegalArgumentException garbled) {
      return Optional.empty();
    }
  }

  private void gone(String uid) {
    synchronized (this) {
      if (seen.filter(known -> known.uid().equals(uid)).isEmpty()) {
        return;
      }
      seen = Optional.empty();
    }
    changed.run();
  }

  @Override
  protected void came(Secret secret) {
    take(secret);
  }

  @Override
  protected void went(String key, ObjectMeta last) {
    gone(last.getUid());
  }
}
