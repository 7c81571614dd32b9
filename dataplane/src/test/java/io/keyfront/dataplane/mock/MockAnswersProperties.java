package io.keyfront.dataplane.mock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import io.keyfront.testkit.SseEvent;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MockAnswersProperties {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> MEMBERS =
      List.of(
          "messages",
          "role",
          "content",
          "type",
          "text",
          "system",
          "tools",
          "tool_choice",
          "name",
          "input_schema",
          "input",
          "instructions",
          "output",
          "contents",
          "parts",
          "function",
          "functionDeclarations",
          "functionResponse",
          "parameters",
          "generationConfig",
          "responseMimeType",
          "responseSchema",
          "response_format",
          "json_schema",
          "schema",
          "max_tokens",
          "max_output_tokens",
          "maxOutputTokens",
          "stream_options",
          "dimensions",
          "encoding_format",
          "required",
          "properties",
          "enum",
          "$ref",
          "anyOf",
          "items",
          "minItems",
          "minLength",
          "format");
  private static final List<String> TEXTS =
      List.of(
          "user",
          "tool",
          "model",
          "tool_result",
          "function_call_output",
          "text",
          "any",
          "required",
          "function",
          "json_schema",
          "application/json",
          "object",
          "array",
          "string",
          "#",
          "#/",
          "#/properties",
          "base64",
          "",
          " ",
          "\ud83d\ude00",
          "\ud83d",
          "\u0000");

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void anyJsonBodyGetsAnAnswerThatIsJson(
      @ForAll Protocol protocol,
      @ForAll Operation operation,
      @ForAll("models") String model,
      @ForAll boolean stream,
      @ForAll boolean sse,
      @ForAll("bodies") String body)
      throws Exception {
    MockAnswer answer =
        MockAnswers.answer(protocol, operation, model, stream, sse, body.getBytes(UTF_8));

    assertThat(answer.pieces()).isNotEmpty();
    if (answer.breaksOff()) {
      return;
    }
    if (answer.headers().getOrDefault("content-type", "").startsWith("text/event-stream")) {
      for (SseEvent event : SseEvent.parse(Bodies.text(answer))) {
        assertThat(event.data().equals("[DONE]") || event.json().isObject()).isTrue();
      }
    } else {
      assertThat(MAPPER.readTree(Bodies.text(answer)).isMissingNode()).isFalse();
    }
  }

  @Property(tries = 300)
  void usageStaysWithinTheRequest(@ForAll("texts") String prompt, @ForAll("limits") int limit) {
    JsonNode request =
        Json.object(
            "max_tokens",
            limit,
            "messages",
            Json.array(Json.object("role", "user", "content", prompt)));

    JsonNode usage =
        Bodies.json(Bodies.whole(Protocol.OPENAI_CHAT, "mock", request.toString())).path("usage");

    assertThat(usage.path("prompt_tokens").asLong()).isEqualTo(Math.max(1, prompt.length() / 4));
    assertThat(usage.path("completion_tokens").asLong()).isBetween(1L, (long) limit);
  }

  @Property(tries = 300)
  void streamSaysTheSameAsTheDocument(@ForAll("texts") String prompt) {
    String body =
        Json.object("messages", Json.array(Json.object("role", "user", "content", prompt)))
            .toString();

    MockAnswer document =
        MockAnswers.answer(
            Protocol.OPENAI_CHAT, Operation.GENERATE, "mock", false, false, body.getBytes(UTF_8));
    MockAnswer stream =
        MockAnswers.answer(
            Protocol.OPENAI_CHAT, Operation.GENERATE, "mock", true, false, body.getBytes(UTF_8));

    StringBuilder said = new StringBuilder();
    for (SseEvent event : Bodies.events(stream)) {
      if (!event.data().equals("[DONE]")) {
        said.append(event.json().at("/choices/0/delta/content").asText(""));
      }
    }
    assertThat(said.toString())
        .isEqualTo(Bodies.json(document).at("/choices/0/message/content").asText());
  }

  @Property(tries = 300)
  void sampleOfASchemaFitsIt(@ForAll("schemas") JsonNode schema) {
    JsonNode sample = SchemaSample.arguments(objectOf(schema)).path("m");

    assertThat(fits(schema, sample)).describedAs("%s for %s", sample, schema).isTrue();
  }

  @Provide
  Arbitrary<String> models() {
    return Arbitraries.oneOf(
        Arbitraries.of(MockModels.NAMES),
        Arbitraries.of("mock-402", "mock-999", "mock-delay-", "mock-delay-3", ""),
        Arbitraries.strings().ofMaxLength(20));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().alpha().withChars(' ', '<', '"', '\n', 'é').ofMaxLength(600);
  }

  @Provide
  Arbitrary<Integer> limits() {
    return Arbitraries.integers().between(1, 200);
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.oneOf(
        values(3).map(JsonNode::toString),
        objects(values(3)).map(JsonNode::toString),
        Arbitraries.strings().ofMaxLength(30));
  }

  @Provide
  Arbitrary<JsonNode> schemas() {
    return schemas(3);
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> leaf =
        Arbitraries.oneOf(
            Arbitraries.of(TEXTS).map(Json::node),
            Arbitraries.integers().map(Json::node),
            Arbitraries.of(true, false).map(Json::node),
            Arbitraries.just(Json.node(null)));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<JsonNode> below = values(depth - 1);
    return Arbitraries.oneOf(leaf, objects(below), below.list().ofMaxSize(4).map(Json::array));
  }

  private static Arbitrary<JsonNode> objects(Arbitrary<JsonNode> values) {
    return Arbitraries.maps(Arbitraries.of(MEMBERS), values)
        .ofMaxSize(6)
        .map(
            members -> {
              var object = Json.object();
              members.forEach(object::set);
              return object;
            });
  }

  private static Arbitrary<JsonNode> schemas(int depth) {
    Arbitrary<JsonNode> leaf =
        Arbitraries.oneOf(
            Arbitraries.of("string", "integer", "boolean", "NUMBER", "null")
                .map(type -> Json.object("type", type)),
            Arbitraries.integers()
                .between(-5, 5)
                .map(least -> Json.object("type", "integer", "minimum", least)),
            Arbitraries.of("a", "b")
                .map(one -> Json.object("enum", Json.array(Json.node(one), Json.node("c")))));
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<JsonNode> below = schemas(depth - 1);
    return Arbitraries.oneOf(
        leaf,
        below.map(item -> Json.object("type", "array", "minItems", 2, "items", item)),
        below.map(MockAnswersProperties::objectOf),
        below.map(one -> Json.object("anyOf", Json.array(Json.object("type", "null"), one))));
  }

  private static JsonNode objectOf(JsonNode member) {
    return Json.object(
        "type", "object",
        "required", Json.array(Json.node("m")),
        "properties", Json.object("m", member));
  }

  /** A small judge of its own: what the sampler promises to respect. */
  private static boolean fits(JsonNode schema, JsonNode value) {
    if (schema.has("anyOf")) {
      return value.isNull() || fits(schema.at("/anyOf/1"), value);
    }
    if (schema.has("enum")) {
      return schema.path("enum").path(0).equals(value) || schema.path("enum").path(1).equals(value);
    }
    return switch (schema.path("type").asText()) {
      case "string" -> value.isTextual();
      case "integer" ->
          value.isIntegralNumber()
              && value.asLong() >= schema.path("minimum").asLong(Long.MIN_VALUE);
      case "NUMBER" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      case "array" -> value.size() == 2 && fits(schema.path("items"), value.path(0));
      default -> value.has("m") && fits(schema.at("/properties/m"), value.path("m"));
    };
  }
}
