package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.keyfront.core.session.MintedClaims;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.KeyfrontApi;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a Secret that the operator minted: never its plaintext.
 *
 * @param uid the Secret's own
 * @param version its resourceVersion
 * @param owner the UID of the MachineToken it belongs to; empty where it says none
 * @param ownerName the name of that MachineToken
 * @param token the hash of the plaintext it holds now
 * @param noted the hash that the operator wrote beside it: another one means that somebody changed
 *     the plaintext
 * @param previous the plaintext before the last rotation
 * @param mintedAt when the plaintext was made
 * @param whole holds all keys as the operator writes them
 * @param signed what the plaintext says of itself, where it is a signed one; unverified
 */
public record MintedSecret(
    ObjectName name,
    String uid,
    String version,
    String owner,
    String ownerName,
    Optional<TokenHash> token,
    Optional<TokenHash> noted,
    Optional<Previous> previous,
    Optional<Instant> mintedAt,
    boolean whole,
    Optional<MintedClaims> signed) {
  public static final String LABEL = KeyfrontApi.GROUP + "/machine-token";
  public static final String HASH = KeyfrontApi.GROUP + "/token-hash";
  public static final String MINTED_AT = KeyfrontApi.GROUP + "/minted-at";
  public static final String PREVIOUS_HASH = KeyfrontApi.GROUP + "/previous-hash";
  public static final String PREVIOUS_ENDS = KeyfrontApi.GROUP + "/previous-ends";
  public static final String PREVIOUS_KEY = KeyfrontApi.GROUP + "/previous-key";

  /**
   * A plaintext that was rotated out.
   *
   * @param ends until when it stands
   * @param key the kid of the key that signed it; absent for an opaque one
   */
  public record Previous(TokenHash hash, Instant ends, Optional<String> key) {
    /** An opaque one. */
    public Previous(TokenHash hash, Instant ends) {
      this(hash, ends, Optional.empty());
    }
  }

  /**
   * @param environment what a Secret should hold
   */
  public static MintedSecret of(Secret secret, TokenEnvironment environment) {
    ObjectMeta meta = secret.getMetadata();
    Map<String, String> notes = meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
    Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
    String plaintext = ReferencedSecrets.text(data.getOrDefault(TokenEnvironment.TOKEN, ""));
    return new MintedSecret(
        ObjectName.of(secret),
        text(meta.getUid()),
        text(meta.getResourceVersion()),
        owner(meta).map(one -> text(one.getUid())).orElse(""),
        owner(meta).map(one -> text(one.getName())).orElse(""),
        Optional.of(plaintext).filter(some -> !some.isEmpty()).map(TokenHash::of),
        hash(notes.get(HASH)),
        previous(notes),
        instant(notes.get(MINTED_AT)),
        !plaintext.isEmpty() && environment.isIn(data, plaintext),
        MintedClaims.read(plaintext));
  }

  /** The kids of the keys that signed what is in force. */
  Stream<String> signingKeys(Instant now) {
    return Stream.concat(
        signed.map(MintedClaims::kid).stream(),
        previous.filter(old -> now.isBefore(old.ends())).flatMap(Previous::key).stream());
  }

  /** The hash that may stand for the token: of a plaintext that nobody changed. */
  public Optional<TokenHash> trusted() {
    return token.filter(hash -> noted.filter(hash::equals).isPresent());
  }

  /** The hashes in force, the newest first. */
  public List<TokenHash> hashes(Instant now) {
    if (trusted().isEmpty()) {
      return List.of();
    }
    List<TokenHash> hashes = new ArrayList<>(List.of(trusted().get()));
    previous
        .filter(old -> now.isBefore(old.ends()))
        .map(Previous::hash)
        .filter(old -> !hashes.contains(old))
        .ifPresent(hashes::add);
    return List.copyOf(hashes);
  }

  /** The MachineToken that it belongs to. */
  public ObjectName ownedBy() {
    return new ObjectName(name.namespace(), ownerName);
  }

  private static Optional<OwnerReference> owner(ObjectMeta meta) {
    List<OwnerReference> owners =
        meta.getOwnerReferences() == null ? List.of() : meta.getOwnerReferences();
    return owners.stream()
        .filter(owner -> "MachineToken".equals(owner.getKind()))
        .filter(owner -> text(owner.getApiVersion()).startsWith(KeyfrontApi.GROUP + "/"))
        .findFirst();
  }

  private static Optional<Previous> previous(Map<String, String> notes) {
    Optional<Instant> ends = instant(notes.get(PREVIOUS_ENDS));
    Optional<String> key = Optional.ofNullable(notes.get(PREVIOUS_KEY));
    return hash(notes.get(PREVIOUS_HASH))
        .flatMap(hash -> ends.map(end -> new Previous(hash, end, key)));
  }

  private static Optional<TokenHash> hash(@Nullable String hex) {
    try {
      return Optional.ofNullable(hex).map(TokenHash::parse);
    } catch (IllegalArgumentException edited) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(Instant::parse);
    } catch (DateTimeException edited) {
      return Optional.empty();
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
