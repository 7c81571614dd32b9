package io.keyfront.protocols.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.provider.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that lead nowhere, and how each is told so. */
class RouteRefusalTest {
  @ParameterizedTest
  @CsvSource({
    "GET,/openai/v1/responses,POST",
    "PUT,/anthropic/v1/messages,POST",
    "HEAD,/anthropic/v1/messages,POST",
    "post,/openai/v1/embeddings,POST",
    "GET,/gemini/v1beta/models/x:generateContent,POST",
    "POST,/openai/v1/models,GET",
    "DELETE,/openai/v1/models/ft-1,GET",
    "POST,/v1/self,GET",
    "POST,/health,GET",
    "DELETE,/usage,GET",
  })
  void knownPathWithAnotherMethodSaysWhichOneItTakes(String method, String path, String allowed) {
    assertThat(RouteParser.parse(method, path, Dialect.OPENAI))
        .isEqualTo(new Routing.WrongMethod(allowed));
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/",
    "GET,/openai",
    "GET,/openai/v1",
    "POST,/openai/v1/files",
    "POST,/openai/v1/chat",
    "POST,/openai/v1/chat/completions/x",
    "POST,/openai/v1/responses/compact",
    "POST,/anthropic/v1/messages/batches",
    "POST,/anthropic/v1/complete",
    "POST,/gemini/v1beta/models/x:embedContent",
    "POST,/gemini/v1alpha/models/x:generateContent",
    "GET,/gemini/v1beta/tunedModels",
    "GET,/gemini/v1beta/openai/tunedModels/x",
    "POST,/OpenAI/v1/chat/completions",
    "POST,/-x/v1/chat/completions",
    "POST,/v1/files",
    "POST,/health/v1/messages",
    "POST,/openai%2Fv1/responses",
    "POST,/openai/v1/chat%2Fcompletions",
    "POST,/openai/v1/v1/v1/responses",
    "POST,/completions",
  })
  void pathThatNobodyServesIsUnknown(String method, String path) {
    assertThat(RouteParser.parse(method, path, Dialect.OPENAI)).isEqualTo(new Routing.Unknown());
  }

  @Test
  void providersNameHasAtMost63Characters() {
    assertThat(get("/" + "p".repeat(63) + "/models")).isInstanceOf(Routing.Call.class);
    assertThat(get("/" + "p".repeat(64) + "/models")).isEqualTo(new Routing.Unknown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openai/../admin",
        "/openai/./v1/responses",
        "/openai/%2e%2E/admin",
        "/openai/.%2e/admin",
        "/gemini/v1beta/models/a%2F..%2Fb:generateContent",
        "/gemini/v1beta/models/..:generateContent",
        "/gemini/v1beta/models/%2Fa:generateContent",
        "/gemini/v1beta/models/a%2F%2Fb:generateContent",
        "/gemini/v1beta/models/%252e%252e:generateContent",
        "/gemini/v1beta/models/:generateContent",
        "/gemini/v1beta/models/a%2F:generateContent",
        "/openai/%00",
        "/openai/\0",
        "/openai/%0d%0aX: y",
        "/openai/%0d%0aX",
        "/openai/%c2%85",
        "/openai/%",
        "/openai/%4",
        "/openai/%zz",
        "/openai/%ff%fe",
        "/openai/%c0%ae%c0%ae/x",
        "/openai/a b",
        "/openai/a\\b",
        "/openai/a%5cb",
        "/openai/\u00e9",
        "/openai/#x",
        "openai/v1/responses",
        "*",
        "host:443",
      })
  void pathThatAnUpstreamCouldReadInAnotherWayIsMalformed(String path) {
    var route = RouteParser.parse("POST", path, Dialect.OPENAI);

    assertThat(route).isInstanceOf(Routing.Malformed.class);
    assertThat(((Routing.Malformed) route).why()).startsWith("The path").endsWith(".");
  }

  @Test
  void pathsAndModelNamesHaveABound() {
    var longModel = "m".repeat(ModelPath.MAX_MODEL_LENGTH + 1);

    assertThat(get("/openai/v1/models/" + longModel)).isInstanceOf(Routing.Malformed.class);
    assertThat(get("/openai/v1/models/" + longModel.substring(1))).isInstanceOf(Routing.Call.class);
    assertThat(get("/" + "x".repeat(PathSegments.MAX_TARGET_LENGTH)))
        .isInstanceOf(Routing.Malformed.class);
  }

  private static Routing get(String path) {
    return RouteParser.parse("GET", path, Dialect.OPENAI);
  }
}
