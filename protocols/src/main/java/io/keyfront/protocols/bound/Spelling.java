package io.keyfront.protocols.bound;

/**
 * Names as the most lenient server reads them: some take {@code Type} for {@code type}, and
 * protocol buffers take {@code inline_data} for {@code inlineData}.
 */
final class Spelling {
  private Spelling() {}

  /** In lower case, by the simple folding that Go's encoding/json uses; the same where it is. */
  static String plain(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (fold(name.charAt(i)) != name.charAt(i)) {
        return folded(name);
      }
    }
    return name;
  }

  /** In lower case, without underscores. */
  static String flat(String name) {
    String plain = plain(name);
    return plain.indexOf('_') < 0 ? plain : plain.replace("_", "");
  }

  private static String folded(String name) {
    char[] letters = name.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      letters[i] = fold(letters[i]);
    }
    return new String(letters);
  }

  private static char fold(char c) {
    boolean plain = c < 0x80 && (c < 'A' || c > 'Z');
    return plain ? c : Character.toLowerCase(Character.toUpperCase(c));
  }
}
