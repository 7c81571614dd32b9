package io.keyfront.compiler.read;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.read.YamlValue.Entry;
import io.keyfront.compiler.read.YamlValue.Mapping;
import io.keyfront.compiler.read.YamlValue.Scalar;
import io.keyfront.compiler.read.YamlValue.Sequence;
import io.keyfront.compiler.read.YamlValue.Strange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one mapping. Each is asked for by name and type; what is wrong becomes a note and a
 * harmless value in its place, so that reading goes on and every problem is told.
 */
final class Fields {
  private final Notes notes;
  private final String path;
  private final int line;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  Fields(Notes notes, String path, Mapping mapping) {
    this.notes = notes;
    this.path = path;
    this.line = mapping.line();
    for (Entry entry : mapping.entries()) {
      Entry first = entries.putIfAbsent(entry.key(), entry);
      if (first != null) {
        notes.invalid(
            entry.line(),
            at(entry.key()),
            "stands twice, first in line " + first.line(),
            "keep one of the two");
      }
    }
  }

  /** Stands for a mapping that is not there, after that was noted. */
  private static Fields none() {
    return new Fields(new Notes(), "", new Mapping(List.of(), 1));
  }

  int line() {
    return line;
  }

  /** The line of a field, or of the mapping when it has no such field. */
  int line(String name) {
    Entry entry = entries.get(name);
    return entry == null ? line : entry.line();
  }

  boolean isNull(String name) {
    Entry entry = entries.get(name);
    return entry != null && entry.value() instanceof Scalar scalar && scalar.isNull();
  }

  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  @Nullable String text(String name) {
    return value(name).flatMap(value -> text(value, at(name))).orElse(null);
  }

  String requiredText(String name) {
    return required(name).flatMap(value -> text(value, at(name))).orElse("");
  }

  int number(String name, int absent) {
    return value(name).flatMap(value -> number(value, at(name))).orElse(absent);
  }

  @Nullable Boolean flag(String name) {
    return value(name).flatMap(value -> flag(value, at(name))).orElse(null);
  }

  List<String> texts(String name) {
    return items(value(name), name, this::text);
  }

  List<String> requiredTexts(String name) {
    return items(required(name), name, this::text);
  }

  <T> List<T> requiredList(String name, Function<Fields, T> reader) {
    return items(required(name), name, reading(reader));
  }

  <T> List<T> list(String name, Function<Fields, T> reader) {
    return items(value(name), name, reading(reader));
  }

  <T> @Nullable T fields(String name, Function<Fields, T> reader) {
    return value(name).flatMap(value -> reading(reader).read(value, at(name))).orElse(null);
  }

  <T> T requiredFields(String name, Function<Fields, T> reader) {
    return required(name)
        .flatMap(value -> reading(reader).read(value, at(name)))
        .orElseGet(() -> reader.apply(none()));
  }

  /** A mapping from names that the file chooses to texts. */
  Map<String, String> textMap(String name) {
    return value(name)
        .flatMap(value -> reading(Fields::everyText).read(value, at(name)))
        .orElse(Map.of());
  }

  /** Fields that somebody else writes and nobody here reads. */
  void ignore(String... names) {
    known.addAll(List.of(names));
  }

  /**
   * Fields of the design that are not built yet: refused, as they would promise what is not kept.
   */
  void notYet(String... names) {
    for (String name : names) {
      known.add(name);
      Entry entry = entries.get(name);
      if (entry != null) {
        notes.add(
            Reason.NOT_SUPPORTED_YET,
            entry.line(),
            at(name),
            "is not supported yet",
            "remove it until it is");
      }
    }
  }

  private void refuseUnknown() {
    for (Entry entry : entries.values()) {
      if (!known.contains(entry.key())) {
        notes.add(
            Reason.UNKNOWN_FIELD,
            entry.line(),
            at(entry.key()),
            "is an unknown field",
            Nearest.suggestion(entry.key(), known));
      }
    }
  }

  /** Applies a reader and then refuses what it did not ask for. */
  <T> T readWhole(Function<Fields, T> reader) {
    T result = reader.apply(this);
    refuseUnknown();
    return result;
  }

  Map<String, String> everyText() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Entry entry : entries.values()) {
      known.add(entry.key());
      text(entry.value(), at(entry.key())).ifPresent(text -> texts.put(entry.key(), text));
    }
    return texts;
  }

  /** The values of a mapping whose keys the file chooses, for a reader of its own. */
  List<Entry> everyEntry() {
    known.addAll(entries.keySet());
    return List.copyOf(entries.values());
  }

  Notes notes() {
    return notes;
  }

  private Optional<YamlValue> value(String name) {
    known.add(name);
    return Optional.ofNullable(entries.get(name)).map(Entry::value);
  }

  private Optional<YamlValue> required(String name) {
    Optional<YamlValue> value = value(name);
    if (value.isEmpty()) {
      notes.invalid(line, at(name), "is missing", "add it");
    }
    return value;
  }

  private interface Reading<T> {
    Optional<T> read(YamlValue value, String field);
  }

  private <T> Reading<T> reading(Function<Fields, T> reader) {
    return (value, field) ->
        value instanceof Mapping mapping
            ? Optional.of(new Fields(notes, field, mapping).readWhole(reader))
            : wrong(value, field, "a mapping (name: value)");
  }

  private <T> List<T> items(Optional<YamlValue> value, String name, Reading<T> reading) {
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Sequence sequence)) {
      this.<T>wrong(value.get(), at(name), "a list (- value)");
      return List.of();
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      reading.read(sequence.items().get(i), at(name) + "[" + i + "]").ifPresent(items::add);
    }
    return items;
  }

  private Optional<String> text(YamlValue value, String field) {
    return value instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : wrong(value, field, "text");
  }

  private Optional<Integer> number(YamlValue value, String field) {
    // A leading zero is octal in YAML 1.1 and decimal in 1.2: refused, not guessed.
    return value instanceof Scalar scalar
            && scalar.plain()
            && scalar.text().matches("-?(0|[1-9][0-9]{0,8})")
        ? Optional.of(Integer.parseInt(scalar.text()))
        : wrong(value, field, "a whole number without quotes");
  }

  private Optional<Boolean> flag(YamlValue value, String field) {
    return value instanceof Scalar scalar
            && scalar.plain()
            && (scalar.text().equals("true") || scalar.text().equals("false"))
        ? Optional.of(scalar.text().equals("true"))
        : wrong(value, field, "true or false without quotes");
  }

  private <T> Optional<T> wrong(YamlValue value, String field, String expected) {
    String fix = "write " + expected;
    switch (value) {
      case Mapping mapping -> notes.invalid(mapping.line(), field, "is a mapping", fix);
      case Sequence sequence -> notes.invalid(sequence.line(), field, "is a list", fix);
      case Strange strange ->
          notes.invalid(strange.line(), field, strange.problem(), strange.fix());
      case Scalar scalar when scalar.isNull() ->
          notes.invalid(scalar.line(), field, "is empty", fix + ", or remove the field");
      case Scalar scalar -> notes.invalid(scalar.line(), field, "is of the wrong type", fix);
    }
    return Optional.empty();
  }
}
