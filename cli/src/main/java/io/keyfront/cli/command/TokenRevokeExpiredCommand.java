package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.cli.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyfront token revoke-expired}. */
@Command(
    name = "revoke-expired",
    description = "Revoke every token of the admin API that has expired.")
public final class TokenRevokeExpiredCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public TokenRevokeExpiredCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    JsonNode answer = server.client(around).post("tokens/revoke-expired");
    output.print(around, answer, () -> text(answer.path("revoked")));
    return 0;
  }

  private static String text(JsonNode names) {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append("Token ").append(name.asText()).append(" is revoked.\n"));
    return text.isEmpty() ? "No token has expired.\n" : text.toString();
  }
}
