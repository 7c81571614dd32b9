package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * OpenAI Embeddings: unit vectors that depend on the input alone, as floats or as base64 of
 * little-endian floats.
 *
 * @param inputs each gets a vector
 * @param dimensions length of a vector
 */
record MockEmbeddings(Call call, List<JsonNode> inputs, int dimensions) {
  /** Most inputs of a request, as OpenAI's reference has it. */
  static final int MAX_INPUTS = 2_048;

  /** Longest vector. */
  static final int MAX_DIMENSIONS = 4_096;

  /** Most numbers in an answer, over all vectors. */
  static final int MAX_NUMBERS = 1 << 20;

  private static final int DEFAULT_DIMENSIONS = 8;

  static MockEmbeddings of(Call call) {
    JsonNode input = call.body().path("input");
    boolean many = input.isArray() && !input.path(0).isNumber();
    List<JsonNode> inputs = new ArrayList<>();
    if (many) {
      input.forEach(inputs::add);
    } else {
      inputs.add(input);
    }
    int dimensions = call.body().path("dimensions").asInt(DEFAULT_DIMENSIONS);
    return new MockEmbeddings(call, List.copyOf(inputs), Math.clamp(dimensions, 1, MAX_DIMENSIONS));
  }

  /** Why the request asks for too much; empty when it does not. */
  Optional<String> excess() {
    if (inputs.size() > MAX_INPUTS) {
      return Optional.of("'input' has " + inputs.size() + " items; at most 2048 are taken.");
    }
    return (long) inputs.size() * dimensions > MAX_NUMBERS
        ? Optional.of("Inputs times dimensions must be at most " + MAX_NUMBERS + ".")
        : Optional.empty();
  }

  JsonNode document() {
    boolean base64 = PromptText.is(call.body(), "encoding_format", "base64");
    ArrayNode data = Json.array();
    for (int i = 0; i < inputs.size(); i++) {
      float[] vector = vector(inputs.get(i));
      data.add(
          Json.object(
              "object",
              "embedding",
              "index",
              i,
              "embedding",
              base64 ? Json.node(base64(vector)) : numbers(vector)));
    }
    long tokens = inputs.stream().mapToLong(MockEmbeddings::tokens).sum();
    return Json.object(
        "object",
        "list",
        "data",
        data,
        "model",
        call.model(),
        "usage",
        Json.object("prompt_tokens", tokens, "total_tokens", tokens));
  }

  /** A text counts a token for each four characters; a list of token numbers its length. */
  private static long tokens(JsonNode input) {
    return Math.max(1, input.isArray() ? input.size() : PromptText.length(input) / 4);
  }

  private float[] vector(JsonNode input) {
    SplittableRandom random = new SplittableRandom(input.toString().hashCode());
    float[] vector = new float[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextDouble(-1, 1);
      squares += vector[i] * vector[i];
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < dimensions && length > 0; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  private static ArrayNode numbers(float[] vector) {
    ArrayNode numbers = Json.array();
    for (float number : vector) {
      numbers.add(number);
    }
    return numbers;
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
