package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.cli.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyfront token revoke}. */
@Command(
    name = "revoke",
    description = "Revoke a token for good. The next call with it is refused.")
public final class TokenRevokeCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private TokenNameParameter name = new TokenNameParameter();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public TokenRevokeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    JsonNode token = server.client(around).post(name.path() + "/revoke");
    output.print(around, token, () -> "Token " + name.token() + " is revoked.\n");
    return 0;
  }
}
