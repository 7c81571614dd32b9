package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.net.CidrSet;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.AdminTokens;
import io.keyfront.core.session.SessionClaims;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.SessionTokens;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void sessionTokenRoutesTheClaimRoutedPathsByItsProvider() {
    String anthropic = session("anthropic", "env-anthropic");
    String openai = session("openai", "env-openai");

    assertThat(v1("/v1/messages", Agent.messages("hi", false), anthropic).statusCode())
        .isEqualTo(200);
    assertThat(v1("/v1/chat/completions", Agent.chat("hi", false), openai).statusCode())
        .isEqualTo(200);
    assertThat(v1("/v1/responses", Agent.responses("hi", false), openai).statusCode())
        .isEqualTo(200);
    assertThat(v1("/v1/embeddings", Agent.embeddings("hi"), openai).statusCode()).isEqualTo(200);
  }

  @Test
  void sessionTokenOnAPathOfAnotherProviderIsAMismatch() {
    String anthropic = session("anthropic", "env-anthropic");

    refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), anthropic),
        400,
        "route_provider_mismatch");
    refused(
        v1("/openai/v1/chat/completions", Agent.chat("hi", false), anthropic),
        400,
        "route_provider_mismatch");
  }

  @Test
  void sessionTokenWithAnUnknownCredentialIsUnavailable() {
    String unknown = session("openai", "no-such-credential");

    refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), unknown),
        502,
        "credential_unavailable");
  }

  @Test
  void sessionTokenWithABudgetIsRefusedUntilBudgetsAreKept() {
    String budgeted =
        session("openai", "env-openai", OptionalLong.of(1000), Instant.now().plusSeconds(60));

    refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), budgeted), 400, "not_supported_yet");
  }

  @Test
  void expiredAndTamperedSessionTokensAreRefused() {
    String expired =
        session("openai", "env-openai", OptionalLong.empty(), Instant.now().minusSeconds(1));
    String good = session("openai", "env-openai");
    String tampered =
        good.substring(0, good.lastIndexOf('.') - 2) + "xx" + good.substring(good.lastIndexOf('.'));

    refused(v1("/v1/chat/completions", Agent.chat("hi", false), expired), 401, "token_expired");
    refused(v1("/v1/chat/completions", Agent.chat("hi", false), tampered), 401, "invalid_token");
  }

  @Test
  void rememberedSessionTokenIsForgottenWhenItsIssuerGoes() {
    String good = session("openai", "env-openai");
    assertThat(v1("/v1/chat/completions", Agent.chat("hi", false), good).statusCode())
        .isEqualTo(200);

    proxy.use(new Snapshots().key("openai", provider.uri(), KEY).build());

    refused(v1("/v1/chat/completions", Agent.chat("hi", false), good), 401, "invalid_token");
  }

  @Test
  void opaqueTokenOnAClaimRoutedPathGoesWhereTheModelsNamePoints() {
    assertThat(v1("/v1/messages", Agent.messages("hi", false), ProxyUnderTest.TOKEN).statusCode())
        .isEqualTo(200);
    assertThat(proxy.nextRecord().provider()).hasValue("anthropic");
  }

  @Test
  void opaqueTokenOnAClaimRoutedPathIsToldTheChoicesWhenNobodyIsMeant() {
    proxy.use(
        new Snapshots()
            .token(ProxyUnderTest.TOKEN, "*")
            .key("mistral", provider.uri(), KEY)
            .key("groq", provider.uri(), KEY)
            .build());

    HttpResponse<String> answer =
        v1(
            "/v1/chat/completions",
            Agent.chat("hi", false).replace("gpt-5", "house-model"),
            ProxyUnderTest.TOKEN);

    refused(answer, 400, "provider_ambiguous");
    assertThat(answer.body()).contains("/groq/v1/", "/mistral/v1/");
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

  @Test
  void healthAndUsageAnswerInThePredecessorsShape() {
    String session = session("openai", "env-openai");
    v1("/v1/chat/completions", Agent.chat("hi", false), session);
    proxy.nextRecord();
    String admin =
        AdminTokens.mint(
            "ops",
            AdminIssuer.DEFAULT_AUDIENCE,
            Snapshots.ADMIN_SECRET,
            Instant.now(),
            Instant.now().plusSeconds(60));

    HttpResponse<String> health = Agent.get(proxy.uri("/health"), "anonymous", "yes");
    HttpResponse<String> usage =
        Agent.get(proxy.uri("/usage?workspaceId=workspace-1"), "authorization", "Bearer " + admin);

    assertThat(json(health.body()).at("/status").asText()).isEqualTo("ok");
    assertThat(json(health.body()).has("requestId")).isTrue();
    assertThat(json(usage.body()).at("/usage/requests").asLong()).isPositive();
    assertThat(json(usage.body()).at("/filters/workspaceId").asText()).isEqualTo("workspace-1");
    assertThat(json(usage.body()).at("/viewer").asText()).isEqualTo("ops");
    refused(Agent.get(proxy.uri("/usage")), 401, "invalid_token");
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

  private HttpResponse<String> v1(String path, String body, String token) {
    URI uri = proxy.uri(path);
    return Agent.post(uri, body, "authorization", "Bearer " + token);
  }

  private static String session(String provider, String credential) {
    return session(provider, credential, OptionalLong.empty(), Instant.now().plusSeconds(60));
  }

  private static String session(
      String provider, String credential, OptionalLong budget, Instant expiresAt) {
    return SessionTokens.mint(
        new SessionClaims("workspace-1", provider, credential, budget, expiresAt),
        SessionIssuer.DEFAULT_AUDIENCE,
        Snapshots.JWT_SECRET,
        Instant.now());
  }

  static void refused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-keyfront-code")).hasValue(code);
    assertThat(answer.headers().firstValue("x-keyfront-request-id")).isPresent();
  }
}
