package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.provider.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Aliases, custom providers, configuration changes, the management port, stopping. */
class OperatingTest extends ProxyTest {

  @Test
  void customProviderIsReachedUnderItsNameAtItsBasePath() {
    URI endpoint = provider.uri().resolve("/api/v1");
    proxy.use(
        new Snapshots()
            .token(ProxyUnderTest.TOKEN, "house:*")
            .provider("house", endpoint, Protocol.OPENAI_CHAT)
            .key("house", endpoint, KEY)
            .build());

    HttpResponse<String> answer =
        Agent.post(proxy.uri("/house/v1/chat/completions"), Agent.chat("hi", false));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(provider.lastRequest().path()).isEqualTo("/api/v1/chat/completions");
  }

  @Test
  void aliasForEverythingLeadsEveryProtocolToTheMockWithoutAnyKey() {
    proxy.use(new Snapshots().token(ProxyUnderTest.TOKEN, "mock:*").alias("*", "mock", "").build());

    assertThat(Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", true)).body())
        .endsWith("data: [DONE]\n\n");
    assertThat(Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages("hi", true)).body())
        .contains("message_stop");
    assertThat(Agent.post(proxy.uri(Agent.RESPONSES), Agent.responses("hi", true)).body())
        .contains("response.completed");
    assertThat(Agent.post(proxy.uri(Agent.GEMINI), Agent.gemini("hi")).statusCode()).isEqualTo(200);
    assertThat(Agent.get(proxy.uri("/anthropic/v1/models")).statusCode()).isEqualTo(200);
    assertThat(provider.requests()).isEmpty();
    Awaitility.await().until(() -> proxy.records().size() == 5);
    assertThat(proxy.records()).allMatch(record -> record.settlement().orElse("").equals("known"));
  }

  @Test
  void facts421AliasAcrossProtocolsIsRefusedAndNothingIsSent() {
    proxy.use(configuration().alias("gpt-5", "anthropic", "claude-opus-4-5").build());

    IdentityTest.refused(
        Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false)), 400, "alias_crosses_protocols");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void providerWithoutAKeyIsNamed() {
    proxy.use(new Snapshots().token(ProxyUnderTest.TOKEN, "*").build());

    IdentityTest.refused(
        Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false)), 502, "credential_unavailable");
  }

  @Test
  void configurationChangesUnderAStreamWithoutDisturbingIt() throws IOException {
    HttpResponse<InputStream> answer =
        Agent.open(
            proxy.uri(Agent.MESSAGES),
            Agent.messages("len=40", true),
            "x-fake-fault",
            "slowDrip=10");
    answer.body().readNBytes(10);

    proxy.use(new Snapshots().build());

    String rest = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(rest).endsWith("data: {\"type\":\"message_stop\"}\n\n");
    IdentityTest.refused(
        Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages("hi", true)), 401, "invalid_token");
  }

  @Test
  void managementPortTellsHealthReadinessAndMetrics() {
    Agent.post(proxy.uri(Agent.CHAT), Agent.chat("len=7", true));
    proxy.nextRecord();

    assertThat(Agent.get(proxy.management("/healthz")).statusCode()).isEqualTo(200);
    assertThat(json(Agent.get(proxy.management("/readyz")).body()).at("/ready").asBoolean())
        .isTrue();
    assertThat(Agent.get(proxy.management("/metrics")).body())
        .contains(
            "gen_ai_client_token_usage_bucket",
            "gen_ai_client_operation_duration_seconds_bucket",
            "keyfront_requests_total{",
            "keyfront_request_duration_seconds_bucket{",
            "keyfront_responses_total{",
            "keyfront_tokens_total{",
            "keyfront_settlements_total{kind=\"known\"}",
            "keyfront_holds_total{outcome=\"admitted\"}",
            "keyfront_ledger_latency_seconds_bucket",
            "keyfront_holds_open 0.0",
            "keyfront_ledger_up 1.0",
            "keyfront_credentials",
            "keyfront_active_tokens")
        .doesNotContain(ProxyUnderTest.TOKEN, KEY);
    assertThat(Agent.get(proxy.management("/nothing")).statusCode()).isEqualTo(404);
  }

  @Test
  void metricTellsWhatCallsWereCharged() {
    Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false).replace("gpt-5", "mock-priced"));
    assertThat(proxy.nextRecord().costNano().orElseThrow()).isPositive();

    assertThat(Agent.get(proxy.management("/metrics")).body())
        .containsPattern(
            "keyfront_cost_usd_total\\{operation=\"generate\",provider=\"mock\"\\} [0.]*[1-9]");
  }

  @Test
  void recordOfACallHoldsNoPromptNoTokenAndNoKey() {
    Agent.post(proxy.uri(Agent.CHAT), Agent.chat("very private words", false));

    String record = proxy.nextRecord().toString();

    assertThat(record).contains("gpt-5").doesNotContain("private", ProxyUnderTest.TOKEN, KEY);
  }

  @Test
  void refusedCallLeavesARecordToo() {
    Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false), "anonymous", "yes");

    assertThat(proxy.nextRecord().code()).hasValue("missing_authorization");
  }
}
