package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.secret.SecretText;
import io.keyfront.crds.SecretRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Resolves references to Secrets of the referring resource's own namespace. */
final class Secrets {
  private final Map<String, Resource.Secret> byName = new HashMap<>();
  private final Findings findings;

  Secrets(List<Resource.Secret> secrets, Findings findings) {
    secrets.forEach(
        secret -> byName.put(key(secret.metadata().namespace(), secret.metadata().name()), secret));
    this.findings = findings;
  }

  /** The text as it stands in the Secret; empty after a finding was told. */
  Optional<SecretText> resolve(Resource resource, String field, SecretRef ref) {
    String name = key(resource.metadata().namespace(), ref.name());
    Resource.Secret secret = byName.get(name);
    if (secret == null) {
      missing(
          resource,
          field,
          "Secret " + name + " is not defined",
          "define it in the namespace of this resource");
      return Optional.empty();
    }
    SecretText text = secret.data().get(ref.key());
    if (text == null) {
      reportKey(resource, field, name, secret, ref.key());
    }
    return Optional.ofNullable(text);
  }

  /**
   * A key or token that travels in a header: visible ASCII. Line ends and blanks around it, as
   * {@code kubectl create secret --from-file} leaves them, are taken off.
   */
  Optional<SecretText> resolveForHeader(Resource resource, String field, SecretRef ref) {
    Optional<SecretText> text = resolve(resource, field, ref);
    Optional<SecretText> usable = text.flatMap(Secrets::forHeader);
    if (text.isPresent() && usable.isEmpty()) {
      missing(
          resource,
          field,
          "Secret "
              + key(resource.metadata().namespace(), ref.name())
              + " holds blanks or characters that no header can carry under "
              + ref.key(),
          "store the key alone, on one line");
    }
    return usable;
  }

  static Optional<SecretText> forHeader(SecretText text) {
    String value = text.reveal().strip();
    boolean visible = !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c < 0x7F);
    return visible ? Optional.of(SecretText.of(value)) : Optional.empty();
  }

  private void reportKey(
      Resource resource, String field, String name, Resource.Secret secret, String key) {
    if (secret.unusable().contains(key)) {
      missing(
          resource,
          field,
          "Secret " + name + " has nothing but an empty or binary value under " + key,
          "store the text there");
    } else if (secret.data().isEmpty()) {
      missing(resource, field, "Secret " + name + " holds no key " + key, "add it");
    } else {
      String keys = String.join(", ", new TreeSet<>(secret.data().keySet()));
      missing(
          resource, field, "Secret " + name + " holds no key " + key, "add it, or write " + keys);
    }
  }

  private void missing(Resource resource, String field, String problem, String fix) {
    findings.error(resource, Reason.SECRET_MISSING, field, problem, fix);
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
