package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.net.CidrSet;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a caller is, and what that lets it do. */
class IdentityTest extends ProxyTest {
  private static final String OTHER = "kf_fake-other-token-for-tests-00000000000000000";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "authorization, 'Bearer '",
    "authorization, 'bearer   '",
    "x-api-key, ''",
    "x-goog-api-key, ''",
    "api-key, ''",
  })
  void facts41TokenIsTakenFromEveryHeaderThatClientsUse(String header, String prefix) {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.CHAT), Agent.chat("hi", false), header, prefix + ProxyUnderTest.TOKEN);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void goodTokenCountsBesideAStrayKeyInAnotherHeader() {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.MESSAGES),
            Agent.messages("hi", false),
            "authorization",
            "Bearer sk-fake-stray",
            "x-api-key",
            ProxyUnderTest.TOKEN);

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void callWithoutTokenIsTerminalAndSaysWhereToPutOne() {
    HttpResponse<String> answer =
        Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false), "anonymous", "yes");

    refused(answer, 401, "missing_authorization");
    assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void unknownRevokedAndExpiredTokensAreToldApart() {
    Instant past = Instant.parse("2026-01-01T00:00:00Z");
    proxy.use(
        configuration()
            .token(OTHER + "r", CidrSet.ANY, Optional.empty(), true, "*")
            .token(OTHER + "e", CidrSet.ANY, Optional.of(past), false, "*")
            .build());

    refused(call("kf_fake-nobody-knows-this"), 401, "invalid_token");
    refused(call(OTHER + "r"), 401, "token_revoked");
    refused(call(OTHER + "e"), 401, "token_expired");
  }

  @Test
  void revocationHoldsForTheNextRequest() {
    assertThat(call(ProxyUnderTest.TOKEN).statusCode()).isEqualTo(200);

    proxy.use(
        new Snapshots()
            .token(ProxyUnderTest.TOKEN, CidrSet.ANY, Optional.empty(), true, "*")
            .build());

    refused(call(ProxyUnderTest.TOKEN), 401, "token_revoked");
  }

  @Test
  void scopeIsCheckedOnTheTargetAfterAliasing() {
    proxy.use(
        configuration()
            .token(OTHER, "openai:gpt-5-mini", "mock")
            .alias("cheap", "openai", "gpt-5-mini")
            .build());

    assertThat(call(OTHER, Agent.chat("hi", false).replace("gpt-5", "cheap")).statusCode())
        .isEqualTo(200);
    refused(call(OTHER), 403, "scope_denied");
    assertThat(call(OTHER, Agent.chat("hi", false).replace("gpt-5", "mock")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void facts417ForwardedForIsBelievedOnlyAsFarAsTrustedHopsReach() {
    CidrSet office = CidrSet.of(List.of("203.0.113.0/24"));
    Snapshots guarded = configuration().token(OTHER, office, Optional.empty(), false, "*");

    proxy.use(guarded.build());
    refused(forwarded("203.0.113.9"), 403, "address_denied");

    proxy.use(guarded.trustedHops(1).build());
    assertThat(forwarded("203.0.113.9").statusCode()).isEqualTo(200);
    refused(forwarded("203.0.113.9, 198.51.100.1"), 403, "address_denied");
  }

  @Test
  void selfTellsWhoTheCallerIsAndWhatItUsed() {
    call(ProxyUnderTest.TOKEN);
    proxy.nextRecord();

    HttpResponse<String> self = Agent.get(proxy.uri("/v1/self"));

    assertThat(json(self.body()).at("/scopes/0").asText()).isEqualTo("*");
    assertThat(json(self.body()).at("/usage/requests").asLong()).isPositive();
    assertThat(json(self.body()).has("budget")).isTrue();
    refused(Agent.get(proxy.uri("/v1/self"), "anonymous", "yes"), 401, "missing_authorization");
  }

  private HttpResponse<String> call(String token) {
    return call(token, Agent.chat("hi", false));
  }

  private HttpResponse<String> call(String token, String body) {
    return Agent.post(proxy.uri(Agent.CHAT), body, "authorization", "Bearer " + token);
  }

  private HttpResponse<String> forwarded(String chain) {
    return Agent.post(
        proxy.uri(Agent.CHAT),
        Agent.chat("hi", false),
        "authorization",
        "Bearer " + OTHER,
        "x-forwarded-for",
        chain);
  }

  static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-keyfront-code")).hasValue(code);
    assertThat(answer.headers().firstValue("x-keyfront-request-id")).isPresent();
  }
}
