package io.keyfront.cli.command;

import io.keyfront.cli.Surroundings;
import io.keyfront.cli.serve.ServeOptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a plain {@code keyfront serve --option value} without picocli. Its classes are in a format
 * too old for the JVM's start cache, so that every start would spend about a quarter of its time on
 * loading them. What is not plain or not right (help, a spelling mistake) is left to picocli, which
 * has the words for it.
 */
public final class PlainServe {
  private PlainServe() {}

  /**
   * @return empty when picocli has to read the line
   */
  public static Optional<ServeOptions> read(Surroundings around, String... words) {
    try {
      return given(words).map(given -> new ServeWords(given, around).options());
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  private static Optional<Map<ServeOption, String>> given(String... words) {
    if (words.length == 0 || !words[0].equals("serve")) {
      return Optional.empty();
    }
    Map<ServeOption, String> given = new EnumMap<>(ServeOption.class);
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = equals < 0 ? words[i] : words[i].substring(0, equals);
      if (equals < 0) {
        i++;
      }
      String value = i < words.length ? words[i].substring(equals + 1) : "";
      Optional<ServeOption> option = ServeOption.named(name);
      if (option.isEmpty() || !isPlain(value) || given.put(option.get(), value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(given);
  }

  /** Not another option, and not a file that picocli takes words from. */
  private static boolean isPlain(String value) {
    return !value.isEmpty() && value.charAt(0) != '-' && value.charAt(0) != '@';
  }
}
