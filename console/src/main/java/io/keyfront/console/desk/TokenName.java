package io.keyfront.console.desk;

import io.keyfront.compiler.resource.Metadata;
import io.keyfront.crds.Names;
import java.util.Comparator;

/** Names a machine token: a namespace and a name in it. */
public record TokenName(String namespace, String name) implements Comparable<TokenName> {
  /** Where a token without a namespace lives. */
  public static final String DEFAULT_NAMESPACE = Metadata.DEFAULT_NAMESPACE;

  private static final Comparator<TokenName> ORDER =
      Comparator.comparing(TokenName::namespace).thenComparing(TokenName::name);

  /**
   * @throws IllegalArgumentException when the namespace is no DNS label or the name is no DNS
   *     subdomain (RFC 1123)
   */
  public TokenName {
    if (!isNamespace(namespace)) {
      throw new IllegalArgumentException(
          "'%s' is not a namespace: %s.".formatted(namespace, Names.LABEL_FIX));
    }
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "'%s' is not a name: %s.".formatted(name, Names.OBJECT_FIX));
    }
  }

  /** Whether the text may stand as a namespace. */
  public static boolean isNamespace(String text) {
    return text.length() <= Names.LABEL_MAX && Names.LABEL.matcher(text).matches();
  }

  /** Whether the text may stand as a name. */
  public static boolean isName(String text) {
    return text.length() <= Names.OBJECT_MAX && Names.OBJECT.matcher(text).matches();
  }

  /**
   * Reads {@code name} or {@code namespace/name}.
   *
   * @throws IllegalArgumentException when a part is wrong
   */
  public static TokenName parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new TokenName(DEFAULT_NAMESPACE, text)
        : new TokenName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(TokenName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
