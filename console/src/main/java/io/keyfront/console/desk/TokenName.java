package io.keyfront.console.desk;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Names a machine token: a namespace and a name in it, each a DNS label (RFC 1123). */
public record TokenName(String namespace, String name) implements Comparable<TokenName> {
  /** Where a token without a namespace lives. */
  public static final String DEFAULT_NAMESPACE = "default";

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Comparator<TokenName> ORDER =
      Comparator.comparing(TokenName::namespace).thenComparing(TokenName::name);

  /**
   * @throws IllegalArgumentException when a part is no DNS label
   */
  public TokenName {
    requireLabel("namespace", namespace);
    requireLabel("name", name);
  }

  private static void requireLabel(String part, String text) {
    if (!isLabel(text)) {
      throw new IllegalArgumentException(
          "'%s' is not a %s: write 1 to 63 lower-case letters, digits and dashes, beginning and ending with a letter or digit."
              .formatted(text, part));
    }
  }

  /** Whether the text may stand as a name or a namespace. */
  public static boolean isLabel(String text) {
    return LABEL.matcher(text).matches();
  }

  /**
   * Reads {@code name} or {@code namespace/name}.
   *
   * @throws IllegalArgumentException when a part is no DNS label
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
