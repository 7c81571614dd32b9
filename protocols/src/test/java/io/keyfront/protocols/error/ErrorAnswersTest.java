package io.keyfront.protocols.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.InternalFault;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.fault.Retry;
import io.keyfront.core.fault.UpstreamFault;
import io.keyfront.core.provider.Dialect;
import io.keyfront.core.provider.Protocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Fault MISSING = new AuthFault.MissingToken();
  private static final Fault HOSTILE =
      new RequestFault.Plain("hostile", 400, "\"},\n\n{\"x\":\"\u0000</script>\r\ndata: [DONE]");

  @ParameterizedTest
  @CsvSource({
    "400,invalid_request_error,invalid_request_error,INVALID_ARGUMENT",
    "401,authentication_error,invalid_request_error,UNAUTHENTICATED",
    "402,billing_error,insufficient_quota,FAILED_PRECONDITION",
    "403,permission_error,invalid_request_error,PERMISSION_DENIED",
    "404,not_found_error,invalid_request_error,NOT_FOUND",
    "405,invalid_request_error,invalid_request_error,INVALID_ARGUMENT",
    "408,invalid_request_error,invalid_request_error,DEADLINE_EXCEEDED",
    "413,request_too_large,invalid_request_error,INVALID_ARGUMENT",
    "429,rate_limit_error,rate_limit_error,RESOURCE_EXHAUSTED",
    "500,api_error,server_error,INTERNAL",
    "502,api_error,server_error,UNAVAILABLE",
    "503,overloaded_error,server_error,UNAVAILABLE",
    "504,timeout_error,server_error,DEADLINE_EXCEEDED",
  })
  void statusHasTheNameThatEachDialectsClientsKnow(
      int status, String anthropic, String openAi, String gemini) {
    var fault = new RequestFault.Plain("some_code", status, "A sentence.");

    assertThat(body(fault, Dialect.ANTHROPIC))
        .isEqualTo(
            tree(
                """
                {"type":"error","error":{"type":"%s","message":"A sentence.","code":"some_code"},
                 "request_id":"req-1"}"""
                    .formatted(anthropic)));
    assertThat(body(fault, Dialect.OPENAI))
        .isEqualTo(
            tree(
                """
                {"error":{"message":"A sentence.","type":"%s","param":null,"code":"some_code"}}"""
                    .formatted(openAi)));
    assertThat(body(fault, Dialect.GEMINI))
        .isEqualTo(
            tree(
                """
                {"error":{"code":%d,"message":"A sentence.","status":"%s","details":[
                 {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"some_code",
                  "domain":"keyfront.io"}]}}"""
                    .formatted(status, gemini)));
  }

  @ParameterizedTest
  @EnumSource
  void everyAnswerNamesItsRequestAndItsCode(Dialect dialect) {
    var answer = ErrorAnswers.render(MISSING, dialect, "req-1");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("x-keyfront-request-id", "req-1")
        .containsEntry("x-keyfront-code", "missing_authorization");
  }

  @Test
  void terminalRefusalTellsClientsToStop() {
    assertThat(ErrorAnswers.render(MISSING, Dialect.OPENAI, "r").headers())
        .containsEntry("x-should-retry", "false")
        .doesNotContainKeys("retry-after", "retry-after-ms");
  }

  @ParameterizedTest
  @CsvSource({"0,1,1", "1,1,1", "999,1,999", "1000,1,1000", "1001,2,1001", "90000,90,90000"})
  void waitIsToldInWholeSecondsRoundedUpAndInMilliseconds(
      long millis, String seconds, String exactly) {
    Map<String, String> headers = new HashMap<>();

    ErrorAnswers.addRetry(headers, new Retry.After(Duration.ofMillis(millis)));

    assertThat(headers)
        .containsOnly(
            Map.entry("x-should-retry", "true"),
            Map.entry("retry-after", seconds),
            Map.entry("retry-after-ms", exactly));
  }

  @Test
  void waitIsNeverToldShorterThanItIs() {
    Map<String, String> headers = new HashMap<>();

    ErrorAnswers.addRetry(headers, new Retry.After(Duration.ofNanos(1_000_000_001)));

    assertThat(headers).containsEntry("retry-after", "2").containsEntry("retry-after-ms", "1001");
  }

  @Test
  void waitIsToldInGeminisDetailsToo() {
    var answer = ErrorAnswers.render(new CapacityFault.Draining(), Dialect.GEMINI, "r");

    assertThat(answer.headers()).containsEntry("retry-after", "1");
    assertThat(tree(answer.body()).at("/error/details/1"))
        .isEqualTo(
            tree(
                "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'1s'}"
                    .replace('\'', '"')));
  }

  @Test
  void faultThatLeavesItToTheClientSaysNothingAboutRetrying() {
    var headers = ErrorAnswers.render(new InternalFault("x"), Dialect.ANTHROPIC, "r").headers();

    assertThat(headers).doesNotContainKeys("x-should-retry", "retry-after", "retry-after-ms");
  }

  @Test
  void wrongMethodNamesTheAllowedOne() {
    var fault = RequestFault.methodNotAllowed("GET", "/openai/v1/responses", "POST");

    assertThat(ErrorAnswers.render(fault, Dialect.OPENAI, "r").headers())
        .containsEntry("allow", "POST");
  }

  @Test
  void refusedUpgradeNamesTheProtocolThatIsSpoken() {
    assertThat(ErrorAnswers.render(RequestFault.upgradeRefused(), Dialect.OPENAI, "r").headers())
        .containsEntry("upgrade", "HTTP/1.1")
        .containsEntry("connection", "upgrade");
  }

  @Test
  void privateDetailIsNotTold() {
    var fault = new UpstreamFault.Unreachable("openai", "private detail");

    for (Dialect dialect : Dialect.values()) {
      assertThat(ErrorAnswers.render(fault, dialect, "r").toString()).doesNotContain("private");
    }
    for (Protocol protocol : Protocol.values()) {
      assertThat(ErrorAnswers.streamEvents(fault, protocol, "r")).doesNotContain("private");
    }
  }

  @Test
  void anthropicStreamEndsWithAnErrorEvent() {
    assertThat(ErrorAnswers.streamEvents(reset(), Protocol.ANTHROPIC_MESSAGES, "req-1"))
        .isEqualTo(
            "\n\nevent: error\ndata: "
                + ErrorAnswers.render(reset(), Dialect.ANTHROPIC, "req-1").body()
                + "\n\n");
  }

  @Test
  void chatStreamEndsWithAnErrorAndWithoutDone() {
    assertThat(ErrorAnswers.streamEvents(reset(), Protocol.OPENAI_CHAT, "req-1"))
        .isEqualTo(
            "\n\ndata: " + ErrorAnswers.render(reset(), Dialect.OPENAI, "req-1").body() + "\n\n");
  }

  @Test
  void geminiStreamEndsWithAnError() {
    assertThat(ErrorAnswers.streamEvents(reset(), Protocol.GEMINI, "req-1"))
        .isEqualTo(
            "\n\ndata: " + ErrorAnswers.render(reset(), Dialect.GEMINI, "req-1").body() + "\n\n");
  }

  @Test
  void responsesStreamEndsWithAnErrorAndAFailedResponse() {
    String[] events =
        ErrorAnswers.streamEvents(reset(), Protocol.OPENAI_RESPONSES, "req-1")
            .strip()
            .split("\n\n");

    assertThat(events).hasSize(2);
    assertThat(events[0]).startsWith("event: error\ndata: ");
    assertThat(events[1]).startsWith("event: response.failed\ndata: ");
    var failed = tree(events[1].substring(events[1].indexOf('{')));
    assertThat(failed.at("/type").asText()).isEqualTo("response.failed");
    assertThat(failed.at("/response/status").asText()).isEqualTo("failed");
    assertThat(failed.at("/response/error/code").asText()).isEqualTo("upstream_reset");
    assertThat(failed.at("/response/error/message").asText()).isEqualTo(reset().message());
  }

  @Test
  void hostileTextStaysInsideItsString() {
    for (Dialect dialect : Dialect.values()) {
      var error = body(HOSTILE, dialect).at("/error");
      assertThat(error.at("/message").asText()).isEqualTo(HOSTILE.message());
    }
    for (Protocol protocol : Protocol.values()) {
      String events = ErrorAnswers.streamEvents(HOSTILE, protocol, "r\n\"");
      List<String> lines = events.lines().filter(line -> !line.isEmpty()).toList();
      assertThat(lines).allMatch(line -> line.startsWith("data: {") || line.startsWith("event: "));
    }
  }

  private static Fault reset() {
    return new UpstreamFault.Reset("anthropic", "detail");
  }

  private static JsonNode body(Fault fault, Dialect dialect) {
    return tree(ErrorAnswers.render(fault, dialect, "req-1").body());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}
