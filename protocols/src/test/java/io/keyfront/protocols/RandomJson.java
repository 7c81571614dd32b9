package io.keyfront.protocols;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Writes random JSON as no serializer would: odd whitespace, needless escapes, every kind of
 * number.
 */
public final class RandomJson {
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n", "  \n \t"};
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "7",
    "-12",
    "3.25",
    "1e5",
    "-2.5E-3",
    "9223372036854775807",
    "1e400",
    "123456789012345678901234567890"
  };
  private static final String[] TEXTS = {
    "a",
    "model",
    "usage",
    " ",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\\"",
    "\\\\",
    "\\/",
    "\\n",
    "\\u0041",
    "\\uD83D\\uDE00",
    "é",
    "\u20ac",
    "\uD83D\uDE00",
    "\u2028",
    "data:",
    "'",
    "long text "
  };

  private final Random random;

  public RandomJson(Random random) {
    this.random = random;
  }

  /** An object with these fields (name, then value, both as JSON), in random order amid others. */
  public String object(List<String[]> fields) {
    List<String[]> all = new ArrayList<>(fields);
    for (int i = random.nextInt(5); i > 0; i--) {
      all.add(new String[] {"\"x" + i + string().substring(1), value(3)});
    }
    Collections.shuffle(all, random);
    StringBuilder json = new StringBuilder(space()).append('{').append(space());
    for (int i = 0; i < all.size(); i++) {
      json.append(i == 0 ? "" : ",").append(space()).append(all.get(i)[0]).append(space());
      json.append(':').append(space()).append(all.get(i)[1]).append(space());
    }
    return json.append('}').append(space()).toString();
  }

  /** Any value, at most this deep. */
  public String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> "true";
      case 1 -> "false";
      case 2 -> "null";
      case 3 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 4, 5 -> string();
      case 6 -> list(depth);
      default -> nested(depth);
    };
  }

  /** A string with its quotes. */
  public String string() {
    StringBuilder text = new StringBuilder("\"");
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(TEXTS[random.nextInt(TEXTS.length)]);
    }
    return text.append('"').toString();
  }

  /** A name spelt plainly, or with some of its letters escaped. */
  public String name(String plain) {
    StringBuilder name = new StringBuilder("\"");
    boolean escaping = random.nextInt(4) == 0;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      boolean escaped = escaping && random.nextInt(3) == 0;
      name.append(escaped ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return name.append('"').toString();
  }

  public String space() {
    return SPACES[random.nextInt(SPACES.length)];
  }

  private String list(int depth) {
    StringBuilder json = new StringBuilder("[").append(space());
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      json.append(i == 0 ? "" : ",").append(space()).append(value(depth - 1)).append(space());
    }
    return json.append(']').toString();
  }

  private String nested(int depth) {
    StringBuilder json = new StringBuilder("{").append(space());
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      String name = random.nextBoolean() ? name("model") : string();
      json.append(i == 0 ? "" : ",").append(space()).append(name).append(space()).append(':');
      json.append(space()).append(value(depth - 1)).append(space());
    }
    return json.append('}').toString();
  }
}
