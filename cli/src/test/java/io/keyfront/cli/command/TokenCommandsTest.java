package io.keyfront.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyfront.cli.CommandRun;
import io.keyfront.cli.serve.RunningStandalone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandsTest {
  @TempDir static Path home;
  private static RunningStandalone server;

  @BeforeAll
  static void start() {
    server = RunningStandalone.start(home);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("KEYFRONT_HOME", home.toString()), arguments);
  }

  private static JsonNode json(CommandRun run) throws IOException {
    assertThat(run.code()).as(run.err()).isZero();
    return new JsonMapper().readTree(run.out());
  }

  @Test
  void createdTokenIsPrintedOnceWithLinesToPaste() {
    CommandRun run = run("token", "create", "pasted", "--scope", "mock:*");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Token default/pasted, shown this once:")
        .contains("export ANTHROPIC_BASE_URL=" + server.agents() + "/anthropic\n")
        .contains("export OPENAI_BASE_URL=" + server.agents() + "/openai/v1\n")
        .contains("export GOOGLE_GEMINI_BASE_URL=" + server.agents() + "/gemini\n")
        .containsPattern("export (ANTHROPIC|OPENAI|GEMINI)_API_KEY=kf_[A-Za-z0-9_-]{43}\n");
    assertThat(run("token", "show", "pasted").out()).doesNotContainPattern("kf_[A-Za-z0-9_-]{43}");
  }

  @Test
  void createdTokenAsJsonHasEverythingThatWasSaid() throws IOException {
    JsonNode token =
        json(
            run(
                "token",
                "create",
                "json",
                "--scope",
                "mock:*",
                "--scope",
                "openai:gpt-*",
                "--ttl",
                "24h",
                "--cidr",
                "10.0.0.0/8",
                "--note",
                "a note",
                "--label",
                "team=search",
                "--label",
                "env=ci",
                "-n",
                "ci",
                "-o",
                "json"));

    assertThat(token.path("token").asText()).matches("kf_[A-Za-z0-9_-]{43}");
    assertThat(token.path("name").asText()).isEqualTo("json");
    assertThat(token.path("namespace").asText()).isEqualTo("ci");
    assertThat(token.path("scopes").toString()).isEqualTo("[\"mock:*\",\"openai:gpt-*\"]");
    assertThat(token.path("cidrs").toString()).isEqualTo("[\"10.0.0.0/8\"]");
    assertThat(token.path("labels").toString()).isEqualTo("{\"env\":\"ci\",\"team\":\"search\"}");
    assertThat(token.path("expiresAt").isTextual()).isTrue();
  }

  @Test
  void severalScopesMayFollowOneOption() throws IOException {
    JsonNode token =
        json(run("token", "create", "many", "--scope", "mock:*", "anthropic", "-o", "json"));

    assertThat(token.path("scopes").toString()).isEqualTo("[\"mock:*\",\"anthropic\"]");
  }

  @Test
  void strayArgumentIsNotTakenForAScope() {
    CommandRun run = run("token", "create", "stray", "--scope", "mock:*", "other-name");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("'other-name' is one argument too many");
  }

  @Test
  void tokenWithoutScopeIsAUsageError() {
    CommandRun run = run("token", "create", "nothing");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--scope").contains("Try: keyfront token create --help");
  }

  @Test
  void refusalOfTheServerIsPrintedAndEndsWithOne() {
    CommandRun run = run("token", "create", "wrong", "--scope", "mock:*", "--ttl", "1y");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("'1y' is not a duration").hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void listIsAnAlignedTableAndSearchable() {
    run("token", "create", "listed", "--scope", "mock:*", "--note", "needle");

    CommandRun run = run("token", "list", "--search", "needle");

    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out().lines().toList().getFirst())
        .matches(
            "NAME +STATUS +SCOPES +EXPIRES +LAST USED +REQUESTS +TOKENS +SPENT +RESERVED +BUDGET +BY +TOKEN");
    assertThat(run.out().lines().toList().getLast())
        .matches(
            "default/listed +Ready +mock:\\* +never +never +0 +0 in, 0 out +0 USD +0 USD +none +api +kf_.{4}….{4}");
    assertThat(run("token", "list", "--search", "haystack").out())
        .isEqualTo("No tokens match 'haystack'.\n");
  }

  @Test
  void listAsYamlIsAList() throws IOException {
    JsonNode tokens = new YAMLMapper().readTree(run("token", "list", "-o", "yaml").out());

    assertThat(tokens.isArray()).isTrue();
    assertThat(tokens.findValuesAsText("name")).contains("demo");
  }

  @Test
  void plaintextOfTheDemoTokenCanBeShown() throws IOException {
    JsonNode token = json(run("token", "show", "demo", "--reveal", "-o", "json"));

    assertThat(token.path("token").asText()).startsWith("kf_");
    assertThat(token.path("managedBy").asText()).isEqualTo("demo");
  }

  @Test
  void editChangesAndTakesAway() throws IOException {
    run("token", "create", "edited", "--scope", "mock:*", "--ttl", "1h", "--label", "a=b");

    JsonNode token =
        json(
            run(
                "token",
                "edit",
                "edited",
                "--scope",
                "openai",
                "--no-expiry",
                "--no-labels",
                "--note",
                "new",
                "-o",
                "json"));

    assertThat(token.path("scopes").toString()).isEqualTo("[\"openai\"]");
    assertThat(token.path("expiresAt").isNull()).isTrue();
    assertThat(token.path("labels")).isEmpty();
    assertThat(token.path("note").asText()).isEqualTo("new");
  }

  @Test
  void editOfNothingOrOfBothIsAUsageError() {
    assertThat(run("token", "edit", "x").err()).contains("at least one change");
    assertThat(run("token", "edit", "x", "--ttl", "1h", "--no-expiry").code()).isEqualTo(2);
    assertThat(
            run("token", "edit", "x", "--ttl", "1h", "--expires-at", "2030-01-01T00:00:00Z").code())
        .isEqualTo(2);
  }

  @Test
  void cloneIsANewToken() throws IOException {
    JsonNode original = json(run("token", "create", "one", "--scope", "mock:*", "-o", "json"));

    JsonNode copy = json(run("token", "clone", "one", "two", "-o", "json"));

    assertThat(copy.path("name").asText()).isEqualTo("two");
    assertThat(copy.path("scopes")).isEqualTo(original.path("scopes"));
    assertThat(copy.path("token")).isNotEqualTo(original.path("token"));
  }

  @Test
  void revokedTokenIsShownAsSuch() {
    run("token", "create", "revoked", "--scope", "mock:*");

    assertThat(run("token", "revoke", "revoked").out())
        .isEqualTo("Token default/revoked is revoked.\n");
    assertThat(run("token", "show", "default/revoked").out()).containsPattern("STATUS +Revoked");
  }

  @Test
  void nothingExpiredIsSaid() {
    assertThat(run("token", "revoke-expired").out()).isEqualTo("No token has expired.\n");
  }

  @Test
  void unknownTokenEndsWithOne() {
    CommandRun run = run("token", "show", "nobody");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("There is no token default/nobody.");
  }

  @Test
  void wrongNameIsAUsageError() {
    assertThat(run("token", "show", "No Name").code()).isEqualTo(2);
  }

  @Test
  void tokenAndUrlCanBeGiven() {
    String admin = run("admin-token").out().strip();
    Map<String, String> elsewhere = Map.of("KEYFRONT_HOME", home.resolve("none").toString());

    CommandRun given =
        CommandRun.of(
            elsewhere,
            "token",
            "list",
            "--url",
            server.management().toString(),
            "--admin-token",
            admin);
    CommandRun fromEnvironment =
        CommandRun.of(
            Map.of(
                "KEYFRONT_HOME",
                home.resolve("none").toString(),
                "KEYFRONT_ADMIN_URL",
                server.management() + "/",
                "KEYFRONT_ADMIN_TOKEN",
                admin),
            "token",
            "list");

    assertThat(given.code()).as(given.err()).isZero();
    assertThat(fromEnvironment.code()).as(fromEnvironment.err()).isZero();
  }

  @Test
  void wrongAdminTokenIsToldWhereToFindTheRightOne() {
    CommandRun run = run("token", "list", "--admin-token", "kf_admin_fake");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("keyfront admin-token").doesNotContain("kf_admin_fake");
  }

  @Test
  void agentsPortIsNotTheManagementPort() {
    CommandRun run = run("token", "list", "--url", server.agents().toString());

    assertThat(run.code()).isEqualTo(1);
  }
}
