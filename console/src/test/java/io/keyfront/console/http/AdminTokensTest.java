package io.keyfront.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.console.desk.Expiry;
import io.keyfront.console.desk.Origin;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.http.AdminServer.Reply;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.money.Usage;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminTokensTest {
  private final AdminServer admin = new AdminServer();

  @AfterEach
  void stop() {
    admin.close();
  }

  private Reply create(String name) {
    return admin.post("tokens", "{\"name\":\"" + name + "\",\"scopes\":[\"mock:*\"]}");
  }

  private void declare(String name, Origin origin) {
    admin.desk.add(
        new TokenRecord(
            TokenName.parse(name),
            "account",
            TokenFormat.OPAQUE,
            Optional.empty(),
            Optional.empty(),
            TokenSpec.of(Scope.ALL),
            false,
            AdminServer.NOW,
            Optional.empty(),
            origin));
  }

  @Test
  void createdTokenIsAnsweredWholeAndItsPlaintextOnlyThisOnce() {
    Reply created =
        admin.post(
            "tokens",
            """
            {"name":"agent","namespace":"ci","scopes":["anthropic:claude-*","mock:*"],"ttl":"24h",
             "cidrs":["10.0.0.0/8"],"note":"nightly","labels":{"team":"search"}}
            """);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().toString())
        .isEqualTo(
            "{\"name\":\"agent\",\"namespace\":\"ci\",\"format\":\"Opaque\","
                + "\"scopes\":[\"anthropic:claude-*\",\"mock:*\"],\"status\":\"Ready\","
                + "\"masked\":\"kf_fake…0000\",\"hashPrefix\":\"%s\","
                    .formatted(created.json().path("hashPrefix").asText())
                + "\"createdAt\":\"2026-11-21T12:00:00Z\",\"expiresAt\":\"2026-11-22T12:00:00Z\","
                + "\"cidrs\":[\"10.0.0.0/8\"],\"note\":\"nightly\",\"labels\":{\"team\":\"search\"},"
                + "\"managedBy\":\"api\",\"limits\":{},\"budget\":null,"
                + "\"standing\":{\"window\":\"Total\",\"usd\":{\"limit\":null,\"spent\":\"0\","
                + "\"reserved\":\"0\",\"remaining\":null,\"windowEnds\":null},"
                + "\"tokens\":{\"limit\":null,\"spent\":0,\"reserved\":0,\"remaining\":null,"
                + "\"windowEnds\":null}},\"lastUsedAt\":null,"
                + "\"usage\":{\"requests\":0,\"inputTokens\":0,\"outputTokens\":0},"
                + "\"token\":\"kf_fake-1-%s\"}".formatted("0".repeat(35)));
    assertThat(admin.get("tokens/ci/agent").raw().body()).doesNotContain("kf_fake-1");
    assertThat(admin.get("tokens").raw().body()).doesNotContain("kf_fake-1");
  }

  @Test
  void nameInUseIsAConflict() {
    create("agent");

    Reply again = create("agent");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("name_taken");
    assertThat(again.message()).contains("default/agent").contains("Choose another name");
  }

  @Test
  void listIsSortedAndSearchable() {
    create("b");
    create("a");
    admin.post("tokens", "{\"name\":\"c\",\"scopes\":[\"openai\"],\"note\":\"Blue team\"}");

    assertThat(admin.get("tokens").json().findValuesAsText("name")).containsExactly("a", "b", "c");
    assertThat(admin.get("tokens?search=blue+team").json().findValuesAsText("name"))
        .containsExactly("c");
  }

  @Test
  void longListComesInPages() {
    create("a");
    create("b");
    create("c");

    Reply first = admin.get("tokens?limit=2");
    Reply second = admin.get("tokens?limit=2&after=" + first.json().path("next").asText());

    assertThat(first.json().findValuesAsText("name")).containsExactly("a", "b");
    assertThat(first.json().path("next").asText()).isEqualTo("default/b");
    assertThat(second.json().findValuesAsText("name")).containsExactly("c");
    assertThat(second.json().has("next")).isFalse();
  }

  @Test
  void tokenShowsWhatItsAccountUsed() {
    create("agent");
    AccountId account = AccountId.token("account-of-default/agent");
    admin.ledger.spend(account, Usage.of(30, 5), 0);
    admin.ledger.spend(account, Usage.of(10, 0), 0);

    Reply shown = admin.get("tokens/default/agent");

    assertThat(shown.json().path("usage").toString())
        .isEqualTo("{\"requests\":2,\"inputTokens\":40,\"outputTokens\":5}");
    assertThat(shown.json().path("lastUsedAt").asText()).isEqualTo("2026-11-21T12:00:00Z");
  }

  @Test
  void patchChangesWhatItNamesAndNothingElse() {
    admin.post(
        "tokens",
        "{\"name\":\"agent\",\"scopes\":[\"mock:*\"],\"ttl\":\"1h\",\"note\":\"old\",\"labels\":{\"a\":\"1\"}}");

    Reply patched =
        admin.patch("tokens/default/agent", "{\"scopes\":[\"openai:*\"],\"expiresAt\":null}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.json().path("scopes").toString()).isEqualTo("[\"openai:*\"]");
    assertThat(patched.json().path("expiresAt").isNull()).isTrue();
    assertThat(patched.json().path("note").asText()).isEqualTo("old");
    assertThat(patched.json().path("labels").toString()).isEqualTo("{\"a\":\"1\"}");
  }

  @Test
  void revokedTokenSaysSo() {
    create("agent");

    Reply revoked = admin.post("tokens/default/agent/revoke");

    assertThat(revoked.status()).isEqualTo(200);
    assertThat(revoked.json().path("status").asText()).isEqualTo("Revoked");
  }

  @Test
  void expiredTokensAreRevokedTogether() {
    admin.desk.create(
        TokenName.parse("old"),
        TokenSpec.of(Scope.ALL),
        new Expiry.At(AdminServer.NOW.minusSeconds(1)));
    create("young");

    Reply revoked = admin.post("tokens:revokeExpired");
    Reply again = admin.post("tokens/revoke-expired", "{}");

    assertThat(revoked.json().toString()).isEqualTo("{\"revoked\":[\"default/old\"]}");
    assertThat(again.json().toString()).isEqualTo("{\"revoked\":[]}");
  }

  @Test
  void cloneAnswersANewPlaintext() {
    create("agent");

    Reply cloned = admin.post("tokens/default/agent/clone", "{\"name\":\"twin\"}");

    assertThat(cloned.status()).isEqualTo(201);
    assertThat(cloned.json().path("name").asText()).isEqualTo("twin");
    assertThat(cloned.json().path("token").asText()).startsWith("kf_fake-2-");
  }

  @Test
  void revealWorksForDeclaredTokensOnly() {
    declare("from-file", new Origin.File("agents.yaml:3"));
    create("agent");

    Reply declared = admin.post("tokens/default/from-file/reveal");
    Reply made = admin.post("tokens/default/agent/reveal");

    assertThat(declared.json().path("token").asText()).isEqualTo("kf_fake-revealed");
    assertThat(made.status()).isEqualTo(409);
    assertThat(made.code()).isEqualTo("not_revealable");
  }

  @Test
  void declaredTokenSaysWhere() {
    declare("from-file", new Origin.File("agents.yaml:3"));
    declare("demo", new Origin.Demo());

    assertThat(admin.get("tokens").json().findValuesAsText("managedBy"))
        .containsExactly("demo", "file");
    assertThat(admin.get("tokens/default/from-file").json().path("declaredIn").asText())
        .isEqualTo("agents.yaml:3");
  }

  @Test
  void unknownTokenIsNotFoundWhateverIsAsked() {
    for (String path : new String[] {"revoke", "reveal"}) {
      assertThat(admin.post("tokens/default/nobody/" + path).code()).isEqualTo("unknown_token");
    }
    assertThat(admin.get("tokens/default/nobody").status()).isEqualTo(404);
    assertThat(admin.patch("tokens/default/nobody", "{\"note\":\"x\"}").status()).isEqualTo(404);
    assertThat(admin.post("tokens/default/nobody/clone", "{\"name\":\"x\"}").status())
        .isEqualTo(404);
  }
}
