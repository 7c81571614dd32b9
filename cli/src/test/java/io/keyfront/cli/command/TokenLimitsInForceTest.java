package io.keyfront.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyfront.cli.CommandRun;
import io.keyfront.cli.serve.RunningStandalone;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenLimitsInForceTest {
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
  void limitsAreInForceAndTellWhatCallsUsed() throws Exception {
    JsonNode token = json("token create used --scope *:* --concurrency 1");
    String plaintext = token.path("token").textValue();

    assertThat(call(plaintext)).isEqualTo(200);
    run("token edit used --concurrency 0");
    assertThat(call(plaintext)).isEqualTo(429);
    run("token edit used --no-limits");
    assertThat(call(plaintext)).isEqualTo(200);

    JsonNode used = json("token show used");
    assertThat(used.at("/usage/requests").intValue()).isEqualTo(2);
    assertThat(used.at("/standing/tokens/spent").longValue())
        .isEqualTo(
            used.at("/usage/inputTokens").longValue() + used.at("/usage/outputTokens").longValue())
        .isPositive();
  }

  @Test
  void budgetLoweredUnderWhatIsSpentRefusesUntilItIsRaised() throws Exception {
    String plaintext =
        json("token create lowered --scope *:* --budget-tokens 100000").path("token").textValue();
    assertThat(call(plaintext)).isEqualTo(200);

    JsonNode lowered = json("token edit lowered --budget-tokens 1");
    assertThat(call(plaintext)).isEqualTo(402);
    run("token edit lowered --budget-tokens 100000");
    assertThat(call(plaintext)).isEqualTo(200);

    assertThat(lowered.at("/standing/tokens/remaining").longValue()).isZero();
    assertThat(lowered.at("/standing/tokens/spent").longValue()).isGreaterThan(1);
  }
}
