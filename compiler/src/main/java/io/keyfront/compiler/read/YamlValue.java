package io.keyfront.compiler.read;

import java.util.List;

/** A value of a YAML document with the line (from 1) where it stands. Aliases are written out. */
sealed interface YamlValue {

  int line();

  /** Entries in the file's order; a key may stand twice. */
  record Mapping(List<Entry> entries, int line) implements YamlValue {}

  /** A key, the line of that key, and its value. */
  record Entry(String key, int line, YamlValue value) {}

  record Sequence(List<YamlValue> items, int line) implements YamlValue {}

  /**
   * Text, number, boolean or null: which of them is for the field to say.
   *
   * @param plain written without quotes
   */
  record Scalar(String text, boolean plain, int line) implements YamlValue {
    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    /** Secrets come along here. */
    @Override
    public String toString() {
      return "***";
    }
  }

  /** Something that no field takes: a key that is not text, a tag. */
  record Strange(String problem, String fix, int line) implements YamlValue {}
}
