package io.keyfront.protocols.answer;

/** The words {@code true}, {@code false} and {@code null}, which may come in pieces. */
final class JsonLiteral {
  private String word = "";
  private int matched;

  /** Begins the word of this first letter, {@code t}, {@code f} or {@code n}. */
  void begin(byte first) {
    word = first == 't' ? "true" : first == 'f' ? "false" : "null";
    matched = 0;
  }

  boolean isWhole() {
    return matched == word.length();
  }

  /** Takes what belongs to the word; gives the place behind it. */
  int take(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && matched < word.length() && bytes[at] == word.charAt(matched)) {
      matched++;
      at++;
    }
    return at;
  }
}
