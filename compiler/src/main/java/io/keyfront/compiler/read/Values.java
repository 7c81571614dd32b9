package io.keyfront.compiler.read;

import io.keyfront.compiler.read.YamlValue.Mapping;
import io.keyfront.compiler.read.YamlValue.Scalar;
import io.keyfront.compiler.read.YamlValue.Sequence;
import io.keyfront.compiler.read.YamlValue.Strange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads values as the type that a field wants. The field decides, not the look of the value: where
 * text is wanted, {@code no} and {@code 0123} are text.
 */
final class Values {
  /** A leading zero is octal in YAML 1.1 and decimal in 1.2: refused, not guessed. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,8})");

  private static final Pattern AMOUNT = Pattern.compile("-?(0|[1-9][0-9]{0,15})");

  private final Notes notes;

  Values(Notes notes) {
    this.notes = notes;
  }

  /** Reads one item of a list. */
  interface ItemReader<T> {
    /** Empty after a note was made. */
    Optional<T> read(YamlValue value, String field);
  }

  Optional<String> text(YamlValue value, String field) {
    return value instanceof Scalar scalar && !scalar.isNull()
        ? Optional.of(scalar.text())
        : wrong(value, field, "text");
  }

  Optional<Integer> number(YamlValue value, String field) {
    return value instanceof Scalar scalar
            && scalar.plain()
            && WHOLE_NUMBER.matcher(scalar.text()).matches()
        ? Optional.of(Integer.parseInt(scalar.text()))
        : wrong(value, field, "a whole number without quotes");
  }

  /** A whole number of up to 16 digits, which is as exact as JSON readers go. */
  Optional<Long> amount(YamlValue value, String field) {
    return value instanceof Scalar scalar
            && scalar.plain()
            && AMOUNT.matcher(scalar.text()).matches()
        ? Optional.of(Long.parseLong(scalar.text()))
        : wrong(value, field, "a whole number without quotes");
  }

  Optional<Boolean> flag(YamlValue value, String field) {
    return value instanceof Scalar scalar
            && scalar.plain()
            && (scalar.text().equals("true") || scalar.text().equals("false"))
        ? Optional.of(scalar.text().equals("true"))
        : wrong(value, field, "true or false without quotes");
  }

  Optional<Mapping> mapping(YamlValue value, String field) {
    return value instanceof Mapping mapping
        ? Optional.of(mapping)
        : wrong(value, field, "a mapping (name: value)");
  }

  <T> List<T> items(YamlValue value, String field, ItemReader<T> reader) {
    if (!(value instanceof Sequence sequence)) {
      this.<T>wrong(value, field, "a list (- value)");
      return List.of();
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      reader.read(sequence.items().get(i), field + "[" + i + "]").ifPresent(items::add);
    }
    return items;
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
