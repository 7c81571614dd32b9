package io.keyfront.crds.applied;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.stream.Stream;

/** Walks a schema. */
final class Schemas {
  private Schemas() {}

  /** A part of a schema; items of a list are {@code [0]}. */
  record Field(String path, JSONSchemaProps schema) {
    boolean isBounded() {
      return switch (schema.getType()) {
        case "string" -> schema.getMaxLength() != null || !schema.getEnum().isEmpty();
        case "integer" -> schema.getMaximum() != null && schema.getMinimum() != null;
        case "array" -> schema.getMaxItems() != null;
        case "object" ->
            schema.getAdditionalProperties() == null || schema.getMaxProperties() != null;
        case "boolean" -> true;
        default -> false;
      };
    }
  }

  /** The schema itself and everything in it. */
  static Stream<Field> all(String path, JSONSchemaProps schema) {
    Stream<Field> fields =
        schema.getProperties().entrySet().stream()
            .flatMap(field -> all(path + "." + field.getKey(), field.getValue()));
    Stream<Field> items =
        schema.getItems() == null ? Stream.of() : all(path + "[0]", schema.getItems().getSchema());
    Stream<Field> values =
        schema.getAdditionalProperties() == null
            ? Stream.of()
            : Stream.of(new Field(path + ".*", schema.getAdditionalProperties().getSchema()))
                .filter(value -> !value.isBounded());
    return Stream.of(Stream.of(new Field(path, schema)), fields, items, values)
        .flatMap(stream -> stream);
  }
}
