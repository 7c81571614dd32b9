package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON strictly. Each method that returns a value reads one, the current token; it leaves the
 * value's last token current. Complaints name the place, never a value.
 */
final class JsonIn {
  private static final Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9]{1,32}");

  private final JsonParser parser;
  private final Map<Object, Object> seen = new HashMap<>();

  private record Texts(Class<?> type, List<String> texts) {}

  interface Item<T> {
    T read() throws IOException;
  }

  JsonIn(JsonParser parser) throws IOException {
    this.parser = parser;
    parser.nextToken();
  }

  /** Enters an object; the name of its first field, its value current, or null. */
  @Nullable String firstField() throws IOException {
    expect(JsonToken.START_OBJECT, "an object");
    return nextField();
  }

  /** The name of the next field, its value current; null at the end of the object. */
  @Nullable String nextField() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    } else if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw wrong("is cut off");
    }
    return name;
  }

  <T> List<T> list(Item<T> item) throws IOException {
    expect(JsonToken.START_ARRAY, "a list");
    List<T> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(item.read());
    }
    return items;
  }

  List<String> texts() throws IOException {
    return list(this::text);
  }

  String text() throws IOException {
    expect(JsonToken.VALUE_STRING, "a text");
    return parser.getText();
  }

  boolean flag() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_TRUE) {
      return true;
    }
    expect(JsonToken.VALUE_FALSE, "true or false");
    return false;
  }

  long whole() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw wrong("is out of range");
    }
    return parser.getLongValue();
  }

  int integer() throws IOException {
    long whole = whole();
    if (whole != (int) whole) {
      throw wrong("is out of range");
    }
    return (int) whole;
  }

  Optional<URI> uri() throws IOException {
    try {
      return Optional.of(new URI(text()));
    } catch (URISyntaxException quotesIt) {
      throw wrong("is not a URI");
    }
  }

  <T> T known(Function<String, Optional<T>> byName) throws IOException {
    return byName.apply(text()).orElseThrow(() -> wrong("is a word that is not known"));
  }

  <E extends Enum<E>> E known(Class<E> words) throws IOException {
    String text = text();
    for (E word : words.getEnumConstants()) {
      if (word.name().equals(text)) {
        return word;
      }
    }
    throw wrong("is a word that is not known");
  }

  /** What a value object makes of what was read; what it throws may quote its values. */
  <T> T made(Supplier<T> maker) throws IOException {
    try {
      return maker.get();
    } catch (RuntimeException quotesIt) {
      throw wrong("holds a value that is out of range");
    }
  }

  /** The first of equal values: tokens share most of what they say. */
  @SuppressWarnings("unchecked")
  <T> T shared(T value) {
    Object first = seen.putIfAbsent(value, value);
    return first == null ? value : (T) first;
  }

  /** What a value object makes of texts, once for equal ones. */
  @SuppressWarnings("unchecked")
  <T> T madeOnce(Class<T> type, Function<List<String>, T> maker) throws IOException {
    Texts texts = new Texts(type, texts());
    Object known = seen.get(texts);
    if (known == null) {
      known = made(() -> maker.apply(texts.texts()));
      seen.put(texts, known);
    }
    return (T) known;
  }

  <T> T required(@Nullable T value, String field) throws IOException {
    if (value == null) {
      throw wrong("has no " + field);
    }
    return value;
  }

  Malformed unknown(String field) {
    return wrong(
        FIELD_NAME.matcher(field).matches()
            ? "is a field that is not known: it was written by another version"
            : "holds a field that is not known");
  }

  Malformed wrong(String why) {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    boolean plain = pointer.length() <= 120 && pointer.matches("[A-Za-z0-9/]*");
    return new Malformed(plain && !pointer.isEmpty() ? "is wrong: " + pointer + " " + why : why);
  }

  /** Nothing may follow. */
  void end() throws IOException {
    if (parser.nextToken() != null) {
      throw wrong("goes on after its end");
    }
  }

  private void expect(JsonToken token, String what) throws IOException {
    if (parser.currentToken() != token) {
      throw wrong("is not " + what);
    }
  }
}
