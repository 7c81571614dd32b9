package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.core.provider.Dialect;
import java.util.List;

/** The mock's models, listed in each dialect's shape. */
final class MockModels {
  /** Those worth showing; {@code mock-<status>} and {@code mock-delay-<ms>} take any number. */
  static final List<String> NAMES =
      List.of(
          "mock",
          "mock-slow",
          "mock-tools",
          "mock-priced",
          "mock-delay-500",
          "mock-reset",
          "mock-error-in-stream",
          "mock-401",
          "mock-429",
          "mock-500",
          "mock-529");

  private MockModels() {}

  /**
   * All models on one page. Anthropic's {@code last_id} is null, as on an empty page: its Java SDK
   * asks for the next page for as long as there is one, whatever {@code has_more} says.
   */
  static JsonNode all(Dialect dialect) {
    JsonNode models = Json.array(NAMES.stream().map(name -> one(dialect, name)).toList());
    return switch (dialect) {
      case ANTHROPIC ->
          Json.object(
              "data", models, "has_more", false, "first_id", NAMES.getFirst(), "last_id", null);
      case OPENAI -> Json.object("object", "list", "data", models);
      case GEMINI -> Json.object("models", models);
    };
  }

  static ObjectNode one(Dialect dialect, String name) {
    return switch (dialect) {
      case ANTHROPIC ->
          Json.object(
              "type",
              "model",
              "id",
              name,
              "display_name",
              "Keyfront " + name,
              "created_at",
              "2026-01-01T00:00:00Z");
      case OPENAI ->
          Json.object(
              "id", name, "object", "model", "created", Call.CREATED, "owned_by", "keyfront");
      case GEMINI ->
          Json.object(
              "name",
              "models/" + name,
              "version",
              "1",
              "displayName",
              "Keyfront " + name,
              "description",
              "Answers without a provider key.",
              "inputTokenLimit",
              1_000_000,
              "outputTokenLimit",
              65_536,
              "supportedGenerationMethods",
              Json.array(Json.node("generateContent"), Json.node("countTokens")));
    };
  }
}
