package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.cli.Surroundings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyfront webhook test}. */
@Command(name = "test", description = "Send a signed test event and show what was answered.")
public final class WebhookTestCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "NAME", description = "The webhook's name.")
  private String name = "";

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public WebhookTestCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String segment = URLEncoder.encode(name, StandardCharsets.UTF_8);
    JsonNode answer = server.client(around).post("webhooks/" + segment + "/test");
    output.print(around, answer, () -> text(answer));
    return answer.path("delivered").asBoolean() ? 0 : 1;
  }

  private String text(JsonNode answer) {
    return "Webhook %s %s: %s.\n"
        .formatted(
            name,
            answer.path("delivered").asBoolean() ? "took the test event" : "did not take it",
            answer.path("told").asText());
  }
}
