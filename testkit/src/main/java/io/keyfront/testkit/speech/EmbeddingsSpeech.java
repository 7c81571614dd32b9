package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** OpenAI Embeddings, as floats or base64 of little-endian floats. */
final class EmbeddingsSpeech {
  private static final int DIMENSIONS = 8;

  private EmbeddingsSpeech() {}

  static Answer embeddings(Ask ask) {
    JsonNode input = ask.body().path("input");
    boolean many = input.isArray() && !input.path(0).isNumber();
    int count = many ? input.size() : 1;
    boolean base64 = ask.body().path("encoding_format").asText().equals("base64");
    ArrayNode data = Json.array();
    for (int i = 0; i < count; i++) {
      data.add(Json.object("object", "embedding", "index", i, "embedding", vector(i, base64)));
    }
    long tokens = Math.max(1, Conversation.textLength(input) / 4);
    return Answer.json(
        new Tokens(tokens, 0, 0, 0, 0, 0),
        Json.object(
            "object",
            "list",
            "data",
            data,
            "model",
            ask.model(),
            "usage",
            Json.object("prompt_tokens", tokens, "total_tokens", tokens)));
  }

  private static Object vector(int seed, boolean base64) {
    ByteBuffer bytes = ByteBuffer.allocate(DIMENSIONS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    ArrayNode floats = Json.array();
    for (int i = 0; i < DIMENSIONS; i++) {
      float value = (i + 1) / 16f - seed / 32f;
      bytes.putFloat(value);
      floats.add(value);
    }
    return base64 ? Base64.getEncoder().encodeToString(bytes.array()) : floats;
  }
}
