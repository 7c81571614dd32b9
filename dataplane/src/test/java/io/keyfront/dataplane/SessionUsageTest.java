package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.AdminTokens;
import io.keyfront.core.session.SessionClaims;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.SessionTokens;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whose key a session token uses, who may see usage, and who a caller is told to be. */
class SessionUsageTest extends ProxyTest {
  private static final String FIRST_KEY = "sk-fake-first-key";
  private static final String SECOND_KEY = "sk-fake-second-key";

  private static String session(String workspace, String credential, Instant end) {
    return SessionTokens.mint(
        new SessionClaims(workspace, "openai", credential, OptionalLong.empty(), end),
        SessionIssuer.DEFAULT_AUDIENCE,
        Snapshots.JWT_SECRET,
        Instant.now());
  }

  private static String session(String workspace, String credential) {
    return session(workspace, credential, Instant.now().plusSeconds(300));
  }

  private static String admin(Instant end) {
    return AdminTokens.mint(
        "ops",
        AdminIssuer.DEFAULT_AUDIENCE,
        Snapshots.ADMIN_SECRET,
        Instant.now().minusSeconds(300),
        end);
  }

  private HttpResponse<String> chat(String token) {
    return Agent.post(
        proxy.uri("/v1/chat/completions"),
        Agent.chat("hi", false),
        "authorization",
        "Bearer " + token);
  }

  private HttpResponse<String> usage(String query, String token) {
    return Agent.get(proxy.uri("/usage" + query), "authorization", "Bearer " + token);
  }

  private long requests(String query) {
    HttpResponse<String> answer = usage(query, admin(Instant.now().plusSeconds(60)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer.body()).at("/usage/requests").asLong();
  }

  private void twoKeys() {
    proxy.use(
        new Snapshots()
            .sessions()
            .key("openai", "first", provider.uri(), FIRST_KEY, 0)
            .key("openai", "second", provider.uri(), SECOND_KEY, 1)
            .build());
  }

  @Test
  void credentialThatTheClaimNamesIsTheOneUsed() {
    twoKeys();

    for (String name : new String[] {"first", "second"}) {
      assertThat(chat(session("workspace-1", name)).statusCode()).isEqualTo(200);

      assertThat(provider.lastRequest().header("authorization"))
          .hasValue("Bearer sk-fake-" + name + "-key");
      assertThat(proxy.nextRecord().credential()).hasValue("default/" + name);
    }
  }

  @Test
  void usageIsToldByCredentialByWorkspaceAndTheWorkspaceWinsOverTheCredential() {
    twoKeys();
    chat(session("filtered-1", "first"));
    chat(session("filtered-1", "second"));
    chat(session("filtered-2", "second"));
    long first = requests("?credentialId=first");
    long second = requests("?credentialId=default/second");

    chat(session("filtered-2", "second"));

    assertThat(requests("?credentialId=first")).isEqualTo(first);
    assertThat(requests("?credentialId=second")).isEqualTo(second + 1);
    assertThat(requests("?workspaceId=filtered-1")).isEqualTo(2);
    assertThat(requests("?workspaceId=filtered-2")).isEqualTo(2);
    assertThat(requests("?workspaceId=filtered-1&credentialId=first")).isEqualTo(2);
    assertThat(requests("?workspaceId=nobody")).isZero();
    JsonNode both =
        json(
            usage(
                    "?workspaceId=filtered-1&credentialId=first",
                    admin(Instant.now().plusSeconds(60)))
                .body());
    assertThat(both.at("/filters/workspaceId").asText()).isEqualTo("filtered-1");
    assertThat(both.at("/filters/credentialId").asText()).isEqualTo("first");
  }

  @Test
  void usageIsForAdminsWhoseTokenHasNotEnded() {
    Instant past = Instant.now().minusSeconds(120);
    String noRight =
        SessionTokens.mint(
            new SessionClaims(
                "workspace-1",
                "openai",
                "first",
                OptionalLong.empty(),
                Instant.now().plusSeconds(60)),
            AdminIssuer.DEFAULT_AUDIENCE,
            Snapshots.ADMIN_SECRET,
            Instant.now());

    IdentityTest.refused(usage("", noRight), 403, "admin_required");
    IdentityTest.refused(usage("", admin(past)), 401, "token_expired");
    IdentityTest.refused(usage("", session("workspace-1", "first")), 401, "invalid_token");
    IdentityTest.refused(
        Agent.get(proxy.uri("/usage"), "anonymous", "yes"), 401, "missing_authorization");
  }

  @Test
  void usageWithoutAnAdminSecretIsForNobody() {
    proxy.use(new Snapshots().token(ProxyUnderTest.TOKEN, "*").build());

    IdentityTest.refused(usage("", admin(Instant.now().plusSeconds(60))), 403, "admin_required");
  }

  @Test
  void selfTellsAnOpaqueTokensFormatScopeAndEnd() {
    String token = "kf_fake-ending-token-for-tests-0000000000000000";
    Instant end = Instant.parse("2099-01-01T00:00:00Z");
    proxy.use(
        configuration()
            .token(token, CidrSet.ANY, Optional.of(end), false, "openai:*", "mock")
            .build());

    JsonNode self =
        json(Agent.get(proxy.uri("/v1/self"), "authorization", "Bearer " + token).body());

    assertThat(self.at("/format").asText()).isEqualTo("Opaque");
    assertThat(self.at("/namespace").asText()).isEqualTo("default");
    assertThat(self.at("/expiresAt").asText()).isEqualTo("2099-01-01T00:00:00Z");
    assertThat(self.at("/scopes")).extracting(JsonNode::asText).containsExactly("openai:*", "mock");
    assertThat(self.at("/callsInFlight").asInt()).isZero();
    assertThat(json(Agent.get(proxy.uri("/v1/self")).body()).at("/expiresAt").isNull()).isTrue();
  }

  @Test
  void selfTellsASessionTokenItsWorkspaceProviderAndEnd() {
    twoKeys();
    Instant end = Instant.parse("2099-01-01T00:00:00Z");
    String token = session("workspace-self", "first", end);
    chat(token);

    JsonNode self =
        json(Agent.get(proxy.uri("/v1/self"), "authorization", "Bearer " + token).body());

    assertThat(self.at("/name").asText()).isEqualTo("workspace-self");
    assertThat(self.at("/format").asText()).isEqualTo("JWT");
    assertThat(self.at("/expiresAt").asText()).isEqualTo("2099-01-01T00:00:00Z");
    assertThat(self.at("/scopes")).extracting(JsonNode::asText).containsExactly("openai", "mock");
    assertThat(self.at("/usage/requests").asLong()).isEqualTo(1);
    assertThat(self.at("/budget/usd").isNull()).isTrue();
  }
}
