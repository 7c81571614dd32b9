package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.testkit.Fault;
import io.keyfront.testkit.RecordedRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassThroughTest extends ProxyTest {

  @Test
  void bodyArrivesAsItWasSentUnknownFieldsAndOddSpacingIncluded() {
    String body =
        "{ \"new_field\" : {\"deep\":[1,2.50,null]},\t\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e4llo \\\"x\\\"\"}] }";

    Agent.post(proxy.uri(Agent.CHAT), body);

    assertThat(provider.lastRequest().bodyText()).isEqualTo(body);
  }

  @Test
  void headersThatNobodyKnowsPassBothWays() {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri("/anthropic/v1/messages?beta=true"),
            Agent.messages("hi", false),
            "x-api-key",
            ProxyUnderTest.TOKEN,
            "anthropic-version",
            "2026-10-21",
            "anthropic-beta",
            "one-2026,two-2026",
            "x-stainless-lang",
            "js",
            "x-claude-code-session-id",
            "abc");

    RecordedRequest seen = provider.lastRequest();
    assertThat(seen.target()).isEqualTo("/v1/messages?beta=true");
    assertThat(seen.header("anthropic-version")).hasValue("2026-10-21");
    assertThat(seen.header("anthropic-beta")).hasValue("one-2026,two-2026");
    assertThat(seen.header("x-stainless-lang")).hasValue("js");
    assertThat(seen.header("x-claude-code-session-id")).hasValue("abc");
    assertThat(answer.headers().firstValue("request-id")).isPresent();
    assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    assertThat(answer.headers().firstValue("x-keyfront-request-id")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void headersOfTheConnectionToTheProviderNeverReachTheClient(boolean stream) {
    HttpResponse<String> answer =
        Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", stream), "x-fake-fault", "hopByHop");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map())
        .containsKeys("x-fake-unusual", "x-fake-twice", "openai-version")
        .doesNotContainKeys(
            "connection",
            "x-fake-hop",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "upgrade",
            "set-cookie",
            "alt-svc",
            "strict-transport-security");
  }

  @Test
  void realKeyReplacesTheTokenInWhicheverHeaderItCame() {
    Agent.post(
        proxy.uri(Agent.MESSAGES),
        Agent.messages("hi", false),
        "authorization",
        "Bearer " + ProxyUnderTest.TOKEN,
        "x-api-key",
        "sk-fake-left-over",
        "x-goog-api-key",
        "fake-left-over",
        "api-key",
        "fake-left-over",
        "cookie",
        "session=fake");

    RecordedRequest seen = provider.lastRequest();
    assertThat(seen.header("x-api-key")).hasValue(KEY);
    assertThat(seen.header("anthropic-version")).hasValue("2023-06-01");
    assertThat(seen.headers())
        .doesNotContainKeys("authorization", "x-goog-api-key", "api-key", "cookie");
    assertThat(seen.headers().toString()).doesNotContain("left-over", ProxyUnderTest.TOKEN);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "/openai/v1/chat/completions, /v1/chat/completions",
    "/openai/chat/completions, /v1/chat/completions",
    "/openai/v1/v1/chat/completions, /v1/chat/completions",
    "/openrouter/v1/chat/completions, /api/v1/chat/completions",
    "/openrouter/api/v1/chat/completions, /api/v1/chat/completions",
    "/gemini/v1/chat/completions, /v1beta/openai/chat/completions",
    "/gemini/v1beta/openai/chat/completions, /v1beta/openai/chat/completions",
  })
  void facts42and43BasePathsAreKeptAndMissingOrDoubledVersionsMended(String asked, String sent) {
    HttpResponse<String> answer = Agent.post(proxy.uri(asked), Agent.chat("hi", false));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(provider.lastRequest().path()).isEqualTo(sent);
  }

  @Test
  void facts423ErrorOfTheProviderArrivesWithStatusHeadersAndWordingUntouched() {
    String wording =
        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow  down\"}}";
    provider.script(
        new Fault.Status(429, Optional.of(wording), Optional.of(Duration.ofSeconds(7))));

    HttpResponse<String> answer =
        Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages("hi", false));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).isEqualTo(wording);
    assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
  }

  @Test
  void facts412StreamThatTheProviderRefusesIsNotA200() {
    provider.acceptOnly("sk-fake-another-key");

    HttpResponse<String> answer = Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages("hi", true));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(json(answer.body()).at("/error/type").asText()).isEqualTo("authentication_error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
  void facts44CompressedAnswersArriveReadable(String encoding) {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.CHAT),
            Agent.chat("hi", true),
            "x-fake-fault",
            encoding,
            "accept-encoding",
            "gzip, deflate, br, zstd");

    assertThat(provider.lastRequest().header("accept-encoding")).hasValue("identity");
    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    assertThat(answer.body()).contains("data: [DONE]");
    assertThat(proxy.nextRecord().settlement()).hasValue("known");
  }

  @Test
  void usageIsAskedForAndItsChunkHiddenFromWhoDidNotAsk() {
    HttpResponse<String> answer = Agent.post(proxy.uri(Agent.CHAT), Agent.chat("len=5", true));

    assertThat(provider.lastRequest().bodyJson().at("/stream_options/include_usage").asBoolean())
        .isTrue();
    assertThat(answer.body()).doesNotContain("\"choices\":[]").endsWith("data: [DONE]\n\n");
    assertThat(proxy.nextRecord().usage()).isPresent();
  }

  @Test
  void usageChunkReachesWhoAskedForIt() {
    String body =
        Agent.chat("len=5", true)
            .replace(
                "\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");

    HttpResponse<String> answer = Agent.post(proxy.uri(Agent.CHAT), body);

    assertThat(provider.lastRequest().bodyText()).isEqualTo(body);
    assertThat(answer.body()).contains("\"usage\":{");
  }

  @Test
  void providerThatRefusesStreamOptionsIsNotSentThem() {
    Agent.post(proxy.uri("/mistral/v1/chat/completions"), Agent.chat("hi", true));

    assertThat(provider.lastRequest().bodyText()).doesNotContain("stream_options");
  }

  @Test
  void redirectIsPassedOnAndNotFollowed() {
    provider.script(new Fault.Redirect("/elsewhere"));

    HttpResponse<String> answer = Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("location")).hasValue("/elsewhere");
  }

  @Test
  void queryPassesWithoutTheKey() {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.GEMINI_STREAM + "?key=" + ProxyUnderTest.TOKEN + "&alt=sse&x=1"),
            Agent.gemini("hi"),
            "anonymous",
            "yes");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(provider.lastRequest().target())
        .isEqualTo("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse&x=1");
    assertThat(provider.lastRequest().header("x-goog-api-key")).hasValue(KEY);
  }

  @Test
  void keyWhoseNameIsEscapedIsTakenAndDoesNotPassEither() {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.GEMINI + "?%6Bey=" + ProxyUnderTest.TOKEN + "&x=1"),
            Agent.gemini("hi"),
            "anonymous",
            "yes");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(provider.lastRequest().target()).endsWith(":generateContent?x=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/anthropic/v1/models?limit=1000", "/openai/v1/models", "/gemini/v1beta/models"})
  void modelListsPass(String path) {
    HttpResponse<String> answer = Agent.get(proxy.uri(path));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(provider.lastRequest().method()).isEqualTo("GET");
  }

  @Test
  void geminisModelsAnswerInTheShapeThatTheCredentialHeaderImplies() {
    Agent.get(proxy.uri("/gemini/v1/models"), "x-goog-api-key", ProxyUnderTest.TOKEN);
    String own = provider.lastRequest().path();
    Agent.get(proxy.uri("/gemini/v1/models"));
    String compatible = provider.lastRequest().path();

    assertThat(own).isEqualTo("/v1/models");
    assertThat(compatible).isEqualTo("/v1beta/openai/models");
  }

  @Test
  void countTokensPassesAndIsFree() {
    HttpResponse<String> answer =
        Agent.post(proxy.uri("/anthropic/v1/messages/count_tokens"), Agent.messages("hi", false));

    assertThat(json(answer.body()).has("input_tokens")).isTrue();
    assertThat(proxy.nextRecord().operation()).hasValue("count_tokens");
  }

  @Test
  void facts420ModelNamesWithColonsAndSlashesWork() {
    proxy.use(configuration().alias("fast", "openrouter", "meta/llama-3:free").build());
    String body = Agent.chat("hi", false).replace("gpt-5", "fast");

    Agent.post(proxy.uri("/openai/v1/chat/completions"), body);

    assertThat(provider.lastRequest().path()).isEqualTo("/api/v1/chat/completions");
    assertThat(provider.lastRequest().bodyText())
        .isEqualTo(body.replace("fast", "meta/llama-3:free"));
  }
}
