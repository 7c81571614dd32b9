package io.keyfront.core.session;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.keyfront.core.secret.SecretText;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that sign, and those that signed what may still live; the newest first. Kept as a JWK
 * set (RFC 7517), each key with its {@code iat}.
 */
public final class KeyRing {
  /** Most keys that a ring holds. */
  public static final int KEYS_MAX = 64;

  private static final String UNREADABLE =
      "The text is no JWK set of private keys for ES256 or Ed25519, each with a kid of its own:"
          + " delete it to have a key made.";

  private final List<SigningKey> keys;

  private KeyRing(List<SigningKey> keys) {
    this.keys =
        keys.stream()
            .sorted(
                Comparator.comparing(SigningKey::madeAt).reversed().thenComparing(SigningKey::kid))
            .toList();
  }

  public static KeyRing of(SigningKey first) {
    return new KeyRing(List.of(first));
  }

  /**
   * Reads a ring that was kept.
   *
   * @throws IllegalArgumentException when it is none, or one of its keys cannot sign; the message
   *     repeats nothing of it
   */
  public static KeyRing parse(SecretText jwks) {
    List<SigningKey> read = new ArrayList<>();
    Set<String> kids = new TreeSet<>();
    try {
      for (JWK key : JWKSet.parse(jwks.reveal()).getKeys()) {
        SigningKey one = SigningKey.of(key);
        read.add(one);
        kids.add(one.kid());
      }
    } catch (ParseException | RuntimeException unreadable) {
      throw new IllegalArgumentException(UNREADABLE); // without the text, and without its cause
    }
    if (read.isEmpty() || read.size() > KEYS_MAX || kids.size() != read.size()) {
      throw new IllegalArgumentException(UNREADABLE);
    }
    return new KeyRing(read);
  }

  /** All of it, private halves too. */
  public SecretText jwks() {
    List<JWK> pairs = keys.stream().map(SigningKey::pair).toList();
    return SecretText.of(new JWKSet(pairs).toString(false));
  }

  /**
   * The same with one more key.
   *
   * @throws IllegalStateException when it {@link #isFull}
   */
  public KeyRing with(SigningKey another) {
    if (isFull()) {
      throw new IllegalStateException("The ring has " + KEYS_MAX + " keys: take one out first.");
    }
    List<SigningKey> more = new ArrayList<>(keys);
    more.add(another);
    return new KeyRing(more);
  }

  public boolean isFull() {
    return keys.size() >= KEYS_MAX;
  }

  /** The same without some keys; the newest always stays. */
  public KeyRing without(Set<String> kids) {
    SigningKey newest = newest();
    return new KeyRing(
        keys.stream().filter(key -> key == newest || !kids.contains(key.kid())).toList());
  }

  /** The newest first. */
  public List<SigningKey> keys() {
    return keys;
  }

  public SigningKey newest() {
    return keys.getFirst();
  }

  /**
   * The key that signs: the newest that was published for a while, so that whoever verifies knows
   * it before it is used; the oldest where none was.
   *
   * @param published how long that is
   */
  public SigningKey signer(Instant now, Duration published) {
    return keys.stream()
        .filter(key -> !key.madeAt().plus(published).isAfter(now))
        .findFirst()
        .orElseGet(keys::getLast);
  }

  public Set<String> kids() {
    Set<String> kids = new TreeSet<>();
    keys.forEach(key -> kids.add(key.kid()));
    return kids;
  }

  /** The public halves, to be published. */
  public PublicKeys publicKeys() {
    return SigningKey.publicKeys(keys);
  }

  /** Never a private half. */
  @Override
  public String toString() {
    return "signing keys " + String.join(", ", kids());
  }
}
