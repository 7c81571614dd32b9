package io.keyfront.compiler.read;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.read.YamlValue.Entry;
import io.keyfront.compiler.read.YamlValue.Mapping;
import io.keyfront.compiler.read.YamlValue.Scalar;
import java.util.HashSet;
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
  private final Values values;
  private final String path;
  private final int line;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** What a file may well write. */
  private final Set<String> known = new LinkedHashSet<>();

  /** What is understood, though not to be recommended. */
  private final Set<String> tolerated = new HashSet<>();

  /**
   * @param path of the mapping itself; empty at the top
   * @param line what a missing field is told of
   */
  Fields(Notes notes, String path, int line, Mapping mapping) {
    this.notes = notes;
    this.values = new Values(notes);
    this.path = path;
    this.line = line;
    mapping.entries().forEach(this::add);
  }

  private void add(Entry entry) {
    Entry first = entries.putIfAbsent(entry.key(), entry);
    if (first != null) {
      notes.invalid(
          entry.line(),
          at(entry.key()),
          "stands twice, first in line " + first.line(),
          "keep one of the two");
    }
  }

  /** Stands for a mapping that is not there, after that was noted. */
  private static Fields none() {
    return new Fields(new Notes(), "", 1, new Mapping(List.of(), 1));
  }

  Notes notes() {
    return notes;
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

  /** The path of a field, as findings name it. */
  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  @Nullable String text(String name) {
    return value(name).flatMap(value -> values.text(value, at(name))).orElse(null);
  }

  String requiredText(String name) {
    return required(name).flatMap(value -> values.text(value, at(name))).orElse("");
  }

  int number(String name, int absent) {
    return value(name).flatMap(value -> values.number(value, at(name))).orElse(absent);
  }

  /** A number that must be there; {@code missing} stands for it after it was noted. */
  int requiredNumber(String name, int missing) {
    return required(name).flatMap(value -> values.number(value, at(name))).orElse(missing);
  }

  @Nullable Long amount(String name) {
    return value(name).flatMap(value -> values.amount(value, at(name))).orElse(null);
  }

  @Nullable Integer number(String name) {
    return value(name).flatMap(value -> values.number(value, at(name))).orElse(null);
  }

  @Nullable Boolean flag(String name) {
    return value(name).flatMap(value -> values.flag(value, at(name))).orElse(null);
  }

  List<Integer> numbers(String name) {
    return items(value(name), name, values::number);
  }

  List<String> texts(String name) {
    return items(value(name), name, values::text);
  }

  List<String> requiredTexts(String name) {
    return items(required(name), name, values::text);
  }

  <T> List<T> list(String name, Function<Fields, T> reader) {
    return items(value(name), name, item(reader));
  }

  <T> List<T> requiredList(String name, Function<Fields, T> reader) {
    return items(required(name), name, item(reader));
  }

  <T> @Nullable T fields(String name, Function<Fields, T> reader) {
    return value(name).flatMap(value -> nested(name, value, reader)).orElse(null);
  }

  /** One that is absent is read as an empty one. */
  <T> T fieldsIfAny(String name, Function<Fields, T> reader) {
    return value(name)
        .flatMap(value -> nested(name, value, reader))
        .orElseGet(() -> reader.apply(none()));
  }

  <T> T requiredFields(String name, Function<Fields, T> reader) {
    return required(name)
        .flatMap(value -> nested(name, value, reader))
        .orElseGet(() -> reader.apply(none()));
  }

  /** A mapping from names that the file chooses to texts. */
  Map<String, String> textMap(String name) {
    return Optional.ofNullable(fields(name, Fields::everyText)).orElse(Map.of());
  }

  private Map<String, String> everyText() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Entry entry : everyEntry()) {
      values.text(entry.value(), at(entry.key())).ifPresent(text -> texts.put(entry.key(), text));
    }
    return texts;
  }

  /** All entries, of a mapping whose keys the file chooses. */
  List<Entry> everyEntry() {
    known.addAll(entries.keySet());
    return List.copyOf(entries.values());
  }

  /** Fields that somebody else writes and nobody here reads. */
  void ignore(String... names) {
    tolerated.addAll(List.of(names));
  }

  /**
   * Fields of the design that are not built yet: refused, as they would promise what is not kept.
   */
  void notYet(String... names) {
    for (String name : names) {
      tolerated.add(name);
      if (entries.containsKey(name)) {
        notes.add(
            Reason.NOT_SUPPORTED_YET,
            line(name),
            at(name),
            "is not supported yet",
            "remove it until it is");
      }
    }
  }

  /** Applies a reader and then refuses what it did not ask for. */
  <T> T readWhole(Function<Fields, T> reader) {
    T result = reader.apply(this);
    for (Entry entry : entries.values()) {
      if (!known.contains(entry.key()) && !tolerated.contains(entry.key())) {
        notes.add(
            Reason.UNKNOWN_FIELD,
            entry.line(),
            at(entry.key()),
            "is an unknown field",
            Nearest.suggestion(entry.key(), known));
      }
    }
    return result;
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

  private <T> List<T> items(Optional<YamlValue> value, String name, Values.ItemReader<T> reader) {
    return value.map(list -> values.items(list, at(name), reader)).orElse(List.of());
  }

  private <T> Optional<T> nested(String name, YamlValue value, Function<Fields, T> reader) {
    return values
        .mapping(value, at(name))
        .map(mapping -> new Fields(notes, at(name), line(name), mapping).readWhole(reader));
  }

  private <T> Values.ItemReader<T> item(Function<Fields, T> reader) {
    return (value, field) ->
        values
            .mapping(value, field)
            .map(mapping -> new Fields(notes, field, mapping.line(), mapping).readWhole(reader));
  }
}
