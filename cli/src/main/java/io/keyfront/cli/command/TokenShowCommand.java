package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.client.AdminClient;
import io.keyfront.cli.output.TokenTables;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyfront token show}. */
@Command(name = "show", description = "Show one token and what it used so far.")
public final class TokenShowCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private TokenNameParameter name = new TokenNameParameter();

  @Option(
      names = "--reveal",
      description =
          "Show the plaintext too. Kept only for the demo token and for tokens that a resource file declares.")
  private boolean reveal;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public TokenShowCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    AdminClient client = server.client(around);
    JsonNode token = client.get(name.path(), Map.of());
    if (reveal && token instanceof ObjectNode object) {
      object.set("token", client.post(name.path() + "/reveal").path("token"));
    }
    output.print(around, token, () -> TokenTables.one(token, around.clock().instant()));
    return 0;
  }
}
