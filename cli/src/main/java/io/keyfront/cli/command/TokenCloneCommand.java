package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.client.AdminClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyfront token clone}. */
@Command(
    name = "clone",
    description =
        "Make a token with a new secret and the scope, addresses, note, labels, limits, budget and length of life of another.")
public final class TokenCloneCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private TokenNameParameter name = new TokenNameParameter();

  @Parameters(index = "1", paramLabel = "NEW-NAME", description = "The new token's name.")
  private String copy = "";

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public TokenCloneCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    AdminClient client = server.client(around);
    JsonNode answer =
        client.post(
            name.path() + "/clone", JsonNodeFactory.instance.objectNode().put("name", copy));
    output.print(around, answer, () -> MintedTokenText.of(answer, client));
    return 0;
  }
}
