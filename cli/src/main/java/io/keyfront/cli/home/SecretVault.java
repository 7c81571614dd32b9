package io.keyfront.cli.home;

import io.keyfront.core.secret.SecretText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;

/** The home folder's secrets, sealed in {@code secrets.json}. Safe for use from many threads. */
public final class SecretVault {
  private static final String CHECK = "check";
  private static final SecretText CHECK_TEXT = SecretText.of("keyfront");
  private static final int SALT_BYTES = 16;

  private final AtomicFile file;
  private final HomeKey home;
  private final byte[] salt;
  private final SecretKey key;
  private final SecureRandom random;
  private final Map<String, String> sealed;

  private SecretVault(
      AtomicFile file, HomeKey home, byte[] salt, Map<String, String> sealed, SecureRandom random) {
    this.file = file;
    this.home = home;
    this.salt = salt;
    this.key = home.derive(salt);
    this.random = random;
    this.sealed = new TreeMap<>(sealed);
  }

  /** A vault with nothing in it, not stored yet. */
  static SecretVault empty(AtomicFile file, HomeKey home, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    SecretVault vault = new SecretVault(file, home, salt, Map.of(), random);
    vault.sealed.put(CHECK, SealedText.seal(vault.key, CHECK, CHECK_TEXT, random));
    return vault;
  }

  /**
   * @throws HomeUnusable when the file is damaged, or was locked with another key
   */
  static SecretVault open(AtomicFile file, byte[] content, HomeKey home, SecureRandom random) {
    SecretVault vault;
    try {
      HomeJson json = HomeJson.read(content);
      requireSameSource(file, json.text("key"), home);
      byte[] salt = Base64.getDecoder().decode(json.text("salt"));
      vault = new SecretVault(file, home, salt, json.map("secrets"), random);
    } catch (IllegalArgumentException damaged) {
      throw damaged(file, String.valueOf(damaged.getMessage()));
    }
    if (SealedText.open(vault.key, CHECK, vault.sealed.getOrDefault(CHECK, "")).isEmpty()) {
      throw new HomeUnusable(wrongKey(file, home));
    }
    return vault;
  }

  private static void requireSameSource(AtomicFile file, String source, HomeKey home) {
    if (source.equals(home.source())) {
      return;
    }
    throw new HomeUnusable(
        source.equals(HomeKey.FROM_FILE)
            ? "%s is locked with the key file %s, but %s is set: unset it, or use another home folder (--home)."
                .formatted(file.path(), HomeKey.FILE, HomeKey.VARIABLE)
            : "%s is locked with %s: set it to the value that was used when the home folder was made."
                .formatted(file.path(), HomeKey.VARIABLE));
  }

  private static String wrongKey(AtomicFile file, HomeKey home) {
    return home.source().equals(HomeKey.FROM_FILE)
        ? "%s does not open %s: one of the two is not the original. Put back both from the same copy of the home folder."
            .formatted(HomeKey.FILE, file.path())
        : "%s does not open %s: it is not the value that was used when the home folder was made. Set that value, or use another home folder (--home)."
            .formatted(HomeKey.VARIABLE, file.path());
  }

  private static HomeUnusable damaged(AtomicFile file, String reason) {
    return new HomeUnusable(
        "%s is damaged: %s. Put back a good copy of it, or move it away: Keyfront then makes a new admin token, and new tokens for those that files declare."
            .formatted(file.path(), reason));
  }

  /**
   * @throws HomeUnusable when the value was changed by something else
   */
  public synchronized Optional<SecretText> get(String name) {
    return Optional.ofNullable(sealed.get(name))
        .map(
            value ->
                SealedText.open(key, name, value)
                    .orElseThrow(() -> damaged(file, "the value of '" + name + "' was changed")));
  }

  /**
   * Keeps secrets, replacing those of the same name, and drops others, in one step: they are on
   * disk when the method returns, or nothing has changed.
   *
   * @throws UncheckedIOException when they cannot be stored
   */
  public synchronized void change(Map<String, SecretText> put, Collection<String> drop) {
    if (put.isEmpty() && drop.isEmpty()) {
      return;
    }
    Map<String, String> next = new TreeMap<>(sealed);
    next.keySet().removeAll(drop);
    put.forEach((name, text) -> next.put(name, SealedText.seal(key, name, text, random)));
    try {
      file.write(json(next));
    } catch (IOException notStored) {
      throw new UncheckedIOException(notStored);
    }
    sealed.clear();
    sealed.putAll(next);
  }

  /** The names of the secrets that begin so. */
  public synchronized Collection<String> names(String prefix) {
    return sealed.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .collect(Collectors.toSet());
  }

  private byte[] json(Map<String, String> secrets) {
    return HomeJson.write(
        out -> {
          out.writeStringField("key", home.source());
          out.writeStringField("salt", Base64.getEncoder().encodeToString(salt));
          HomeJson.writeMap(out, "secrets", secrets);
        });
  }
}
