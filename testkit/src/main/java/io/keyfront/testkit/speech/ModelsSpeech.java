package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Lists and single models in each dialect's shape. */
final class ModelsSpeech {
  private static final long CREATED = 1_750_000_000L;
  private static final List<String> ANTHROPIC =
      List.of("claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5");
  private static final List<String> OPENAI =
      List.of("gpt-5", "gpt-5-mini", "text-embedding-3-small");
  private static final List<String> GEMINI = List.of("gemini-3-pro", "gemini-3-flash");

  private ModelsSpeech() {}

  static Answer list(Dialect dialect) {
    List<String> names =
        switch (dialect) {
          case ANTHROPIC -> ANTHROPIC;
          case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS -> OPENAI;
          case GEMINI -> GEMINI;
        };
    ArrayNode models = Json.array();
    names.forEach(name -> models.add(model(dialect, name)));
    return Answer.free(200, page(dialect, models, names));
  }

  static Answer get(Dialect dialect, String name) {
    return Answer.free(200, model(dialect, name));
  }

  private static ObjectNode page(Dialect dialect, ArrayNode models, List<String> names) {
    return switch (dialect) {
      case ANTHROPIC ->
          Json.object(
              "data",
              models,
              "has_more",
              false,
              "first_id",
              names.getFirst(),
              "last_id",
              names.getLast());
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS ->
          Json.object("object", "list", "data", models);
      case GEMINI -> Json.object("models", models);
    };
  }

  private static ObjectNode model(Dialect dialect, String name) {
    return switch (dialect) {
      case ANTHROPIC ->
          Json.object(
              "type",
              "model",
              "id",
              name,
              "display_name",
              "Fake " + name,
              "created_at",
              "2025-11-01T00:00:00Z");
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS ->
          Json.object("id", name, "object", "model", "created", CREATED, "owned_by", "system");
      case GEMINI -> geminiModel(name);
    };
  }

  private static ObjectNode geminiModel(String name) {
    return Json.object(
        "name",
        "models/" + name,
        "version",
        "001",
        "displayName",
        "Fake " + name,
        "description",
        "A fake model.",
        "inputTokenLimit",
        1_048_576,
        "outputTokenLimit",
        65_536,
        "supportedGenerationMethods",
        Json.array("generateContent", "countTokens"));
  }
}
