package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.AdminTokens;
import io.keyfront.core.session.SessionClaims;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.SessionTokens;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What clients of the predecessor bring and ask for: session tokens, paths without a provider,
 * usage.
 */
class PredecessorClientsTest extends ProxyTest {
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

    IdentityTest.refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), anthropic),
        400,
        "route_provider_mismatch");
    IdentityTest.refused(
        v1("/openai/v1/chat/completions", Agent.chat("hi", false), anthropic),
        400,
        "route_provider_mismatch");
  }

  @Test
  void sessionTokenWithAnUnknownCredentialIsUnavailable() {
    String unknown = session("openai", "no-such-credential");

    IdentityTest.refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), unknown),
        502,
        "credential_unavailable");
  }

  @Test
  void sessionTokensBudgetInTokensCountsForItsSubject() {
    String small =
        session("openai", "env-openai", OptionalLong.of(2000), Instant.now().plusSeconds(60));
    assertThat(v1("/v1/chat/completions", Agent.chat("hi", false), small).statusCode())
        .isEqualTo(200);
    String nothing =
        session("openai", "env-openai", OptionalLong.of(0), Instant.now().plusSeconds(60));

    IdentityTest.refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), nothing), 402, "budget_exhausted");
  }

  @Test
  void expiredAndTamperedSessionTokensAreRefused() {
    String expired =
        session("openai", "env-openai", OptionalLong.empty(), Instant.now().minusSeconds(1));
    String good = session("openai", "env-openai");
    String tampered =
        good.substring(0, good.lastIndexOf('.') - 2) + "xx" + good.substring(good.lastIndexOf('.'));

    IdentityTest.refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), expired), 401, "token_expired");
    IdentityTest.refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), tampered), 401, "invalid_token");
  }

  @Test
  void rememberedSessionTokenIsForgottenWhenItsIssuerGoes() {
    String good = session("openai", "env-openai");
    assertThat(v1("/v1/chat/completions", Agent.chat("hi", false), good).statusCode())
        .isEqualTo(200);

    proxy.use(new Snapshots().key("openai", provider.uri(), KEY).build());

    IdentityTest.refused(
        v1("/v1/chat/completions", Agent.chat("hi", false), good), 401, "invalid_token");
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

    IdentityTest.refused(answer, 400, "provider_ambiguous");
    assertThat(answer.body()).contains("/groq/v1/", "/mistral/v1/");
  }

  @Test
  void healthAndUsageAnswerInThePredecessorsShape() {
    String session = session("openai", "env-openai");
    v1("/v1/chat/completions", Agent.chat("hi", false), session);
    proxy.nextRecord();

    HttpResponse<String> health = Agent.get(proxy.uri("/health"), "anonymous", "yes");
    HttpResponse<String> usage =
        Agent.get(
            proxy.uri("/usage?workspaceId=workspace-1"), "authorization", "Bearer " + admin());

    assertThat(json(health.body()).at("/status").asText()).isEqualTo("ok");
    assertThat(json(health.body()).has("requestId")).isTrue();
    assertThat(json(usage.body()).at("/usage/requests").asLong()).isPositive();
    assertThat(json(usage.body()).at("/filters/workspaceId").asText()).isEqualTo("workspace-1");
    assertThat(json(usage.body()).at("/viewer").asText()).isEqualTo("ops");
    IdentityTest.refused(Agent.get(proxy.uri("/usage")), 401, "invalid_token");
  }

  @Test
  void usageOfAWorkspaceIsFoundWhicheverIssuerSignedItsTokens() {
    Set<String> audience = Set.of(SessionIssuer.DEFAULT_AUDIENCE);
    SecretText other = SecretText.of("another-fake-secret-of-more-than-32-bytes");
    proxy.use(
        configuration()
            .issuers(
                new SessionIssuer("settings", audience, other, "default"),
                new SessionIssuer("second", audience, Snapshots.JWT_SECRET, "default"))
            .build());
    v1("/v1/chat/completions", Agent.chat("hi", false), session("openai", "env-openai"));
    proxy.nextRecord();

    HttpResponse<String> usage =
        Agent.get(
            proxy.uri("/usage?workspaceId=workspace-1"), "authorization", "Bearer " + admin());

    assertThat(json(usage.body()).at("/usage/requests").asLong()).isEqualTo(1);
  }

  private static String admin() {
    return AdminTokens.mint(
        "ops",
        AdminIssuer.DEFAULT_AUDIENCE,
        Snapshots.ADMIN_SECRET,
        Instant.now(),
        Instant.now().plusSeconds(60));
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
}
