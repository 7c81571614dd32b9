package io.keyfront.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyfront.cli.CommandRun;
import io.keyfront.cli.serve.RunningStandalone;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenLimitCommandsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

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

  /** Runs a command line whose words have no spaces. */
  private static CommandRun run(String line) {
    return CommandRun.of(Map.of("KEYFRONT_HOME", home.toString()), line.split(" "));
  }

  private static JsonNode json(String line) throws IOException {
    CommandRun run = run(line + " -o json");
    assertThat(run.code()).as(run.err()).isZero();
    return new JsonMapper().readTree(run.out());
  }

  private static List<String> line(String table, String first) {
    return table
        .lines()
        .map(line -> Arrays.asList(line.split(" {2,}")))
        .filter(cells -> cells.getFirst().equals(first))
        .findFirst()
        .orElseThrow(() -> new AssertionError(first + " is not in\n" + table));
  }

  private static int call(String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.agents().resolve("/openai/v1/chat/completions"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"model\":\"gpt-4o-mini\",\"max_tokens\":16,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"))
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void createdTokenHasEveryLimitThatWasSaid() throws IOException {
    JsonNode token =
        json(
            "token create full --scope mock:* --budget-usd 0.05 --budget-tokens 1000 --window Day"
                + " --on-ledger-loss Allow --rate 60 --tokens-per-minute 5000 --concurrency 2");

    assertThat(token.path("limits").toString())
        .isEqualTo("{\"requestsPerMinute\":60,\"tokensPerMinute\":5000,\"concurrency\":2}");
    assertThat(token.path("budget").toString())
        .isEqualTo(
            "{\"usd\":\"0.05\",\"tokens\":1000,\"window\":\"Day\",\"onLedgerLoss\":\"Allow\"}");
  }

  @Test
  void windowAndConductAreTakenInAnyCase() throws IOException {
    JsonNode token =
        json(
            "token create anycase --scope mock:* --budget-tokens 5 --window month --on-ledger-loss ALLOW");

    assertThat(token.at("/budget/window").textValue()).isEqualTo("Month");
    assertThat(token.at("/budget/onLedgerLoss").textValue()).isEqualTo("Allow");
  }

  @Test
  void leaseIsTakenAndHelpNamesItWithTheOtherConducts() throws IOException {
    JsonNode token =
        json("token create leased --scope mock:* --budget-tokens 5 --on-ledger-loss Lease");

    assertThat(token.at("/budget/onLedgerLoss").textValue()).isEqualTo("Lease");
    assertThat(run("token create --help").out()).containsPattern("Deny,\\s+Lease,\\s+Allow");
  }

  @Test
  void limitOfZeroIsKept() throws IOException {
    JsonNode token =
        json("token create zero --scope mock:* --budget-usd 0 --rate 0 --concurrency 0");

    assertThat(token.at("/budget/usd").textValue()).isEqualTo("0");
    assertThat(token.path("limits").toString())
        .isEqualTo("{\"requestsPerMinute\":0,\"concurrency\":0}");
  }

  @Test
  void editChangesOneLimitAndLeavesTheOthers() throws IOException {
    run("token create raised --scope mock:* --budget-usd 1 --window Day --rate 60 --concurrency 2");

    JsonNode raised = json("token edit raised --budget-usd 2.5 --rate 90");

    assertThat(raised.path("budget").toString())
        .isEqualTo("{\"usd\":\"2.5\",\"window\":\"Day\",\"onLedgerLoss\":\"Deny\"}");
    assertThat(raised.path("limits").toString())
        .isEqualTo("{\"requestsPerMinute\":90,\"concurrency\":2}");
  }

  @Test
  void noneTakesOneLimitAwayAndTheBudgetWithItsLast() throws IOException {
    run(
        "token create less --scope mock:* --budget-usd 1 --budget-tokens 9 --rate 60 --concurrency 2");

    JsonNode one = json("token edit less --budget-usd none --rate none");
    JsonNode all = json("token edit less --budget-tokens none --concurrency none");

    assertThat(one.at("/budget/tokens").intValue()).isEqualTo(9);
    assertThat(one.path("budget").has("usd")).isFalse();
    assertThat(one.path("limits").toString()).isEqualTo("{\"concurrency\":2}");
    assertThat(all.path("budget").isNull()).isTrue();
    assertThat(all.path("limits")).isEmpty();
  }

  @Test
  void budgetAndLimitsAreTakenAwayApart() throws IOException {
    run("token create apart --scope mock:* --budget-usd 1 --rate 60");

    JsonNode withoutLimits = json("token edit apart --no-limits");
    JsonNode withoutBoth = json("token edit apart --no-budget");

    assertThat(withoutLimits.path("limits")).isEmpty();
    assertThat(withoutLimits.at("/budget/usd").textValue()).isEqualTo("1");
    assertThat(withoutBoth.path("budget").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rate 1.5",
        "--rate many",
        "--concurrency -1",
        "--tokens-per-minute 1e3",
        "--budget-tokens 1,000",
        "--window Year",
        "--on-ledger-loss Ignore",
        "--no-budget --window Day",
        "--no-budget --budget-tokens 1",
        "--no-limits --rate 1"
      })
  void wrongLimitIsAUsageError(String options) {
    CommandRun run = run("token edit anything " + options);

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(options.split(" ")[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--budget-usd 1$", "--budget-usd 0.0000000001", "--window Day"})
  void whatOnlyTheServerCanJudgeIsRefusedByIt(String options) {
    CommandRun run = run("token create refused --scope mock:* " + options);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("budget").hasLineCount(1);
  }

  @Test
  void listShowsSpentReservedAndBudget() {
    run("token create daily --scope mock:* --budget-usd 0.05 --budget-tokens 1000 --window Day");
    run("token create tokens-only --scope mock:* --budget-tokens 7");
    run("token create unlimited --scope mock:*");

    String table = run("token list").out();

    assertThat(line(table, "NAME")).containsSubsequence("TOKENS", "SPENT", "RESERVED", "BUDGET");
    assertThat(line(table, "default/daily"))
        .containsSubsequence(
            "0 USD, 0 tokens", "0 USD, 0 tokens", "0.05 USD, 1000 tokens a day", "api");
    assertThat(line(table, "default/tokens-only"))
        .containsSubsequence("0 tokens", "0 tokens", "7 tokens in all");
    assertThat(line(table, "default/unlimited")).containsSubsequence("0 USD", "0 USD", "none");
  }

  @Test
  void shownTokenTellsItsLimitsInFull() {
    run(
        "token create shown --scope mock:* --budget-usd 0.05 --window Hour --rate 60 --concurrency 2");

    String table = run("token show shown").out();

    assertThat(line(table, "LIMITS")).last().isEqualTo("60 requests a minute, 2 calls at once");
    assertThat(line(table, "BUDGET")).last().isEqualTo("0.05 USD an hour");
    assertThat(line(table, "SPENT")).last().isEqualTo("0 USD");
    assertThat(line(table, "REMAINING")).last().isEqualTo("0.05 USD");
    assertThat(line(table, "COUNTS ANEW").getLast()).matches("20.+Z \\(in .+\\)");
    assertThat(line(table, "ON LEDGER LOSS")).last().isEqualTo("Deny");
  }

  @Test
  void shownTokenTellsWhatCallsUsed() throws Exception {
    String plaintext = json("token create used --scope *:*").path("token").textValue();

    assertThat(call(plaintext)).isEqualTo(200);

    assertThat(json("token show used").at("/usage/requests").intValue()).isEqualTo(1);
  }

  @Test
  void usageHasARowForEachAndTheSum() throws Exception {
    call(json("token create busy --scope *:*").path("token").textValue());

    String table = run("usage").out();
    JsonNode providers = json("usage --by provider");

    assertThat(line(table, "TOKEN")).contains("REQUESTS", "THIS HOUR", "IN ALL", "RESERVED");
    assertThat(line(table, "default/busy").get(1)).isEqualTo("1");
    assertThat(table.lines().toList().getLast()).startsWith("total ");
    assertThat(providers.path("by").textValue()).isEqualTo("provider");
    assertThat(providers.path("rows"))
        .filteredOn(row -> row.path("name").textValue().equals("mock"))
        .first()
        .satisfies(row -> assertThat(row.path("requests").intValue()).isPositive());
    assertThat(providers.at("/total/requests").intValue()).isPositive();
  }

  @Test
  void usageByCredentialAsYamlMayHaveNoRows() throws IOException {
    JsonNode usage = new YAMLMapper().readTree(run("usage --by credential -o yaml").out());

    assertThat(usage.path("rows").isArray()).isTrue();
    assertThat(usage.path("total").isObject()).isTrue();
  }

  @Test
  void usageByAnythingElseIsAUsageError() {
    assertThat(run("usage --by model").code()).isEqualTo(2);
  }

  @Test
  void completionKnowsTheChoices() {
    String script = run("completion bash").out();

    assertThat(Stream.of("\"Total\" \"Hour\" \"Day\"", "\"token\" \"credential\" \"provider\""))
        .allMatch(script::contains);
  }
}
