package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.WrongUsage;
import io.keyfront.cli.client.AdminClient;
import io.keyfront.console.desk.TokenName;
import io.keyfront.core.provider.ProviderCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keyfront token create}. */
@Command(
    name = "create",
    description = "Make a token. Its plaintext is shown this once.",
    footer = {
      "",
      "Example: keyfront token create my-agent --scope anthropic:* --scope mock:* --ttl 24h"
    })
public final class TokenCreateCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private TokenNameParameter name = new TokenNameParameter();
  @Mixin private SpecOptions settings = new SpecOptions();
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      hidden = true,
      description = "More scopes, as in --scope a:* b:*.")
  private List<String> moreScopes = List.of();

  public TokenCreateCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    TokenName token = name.token();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("name", token.name()).put("namespace", token.namespace());
    settings.write(body);
    SpecOptions.writeList(body, "scopes", scopes());
    AdminClient client = server.client(around);
    JsonNode answer = client.post("tokens", body);
    output.print(around, answer, () -> MintedTokenText.of(answer, client));
    return 0;
  }

  private List<String> scopes() {
    List<String> scopes = new ArrayList<>(settings.scopes());
    for (String more : moreScopes) {
      boolean scope =
          more.contains(":") || more.contains("*") || ProviderCatalog.builtIn().containsKey(more);
      if (!scope || scopes.isEmpty()) {
        throw new WrongUsage(
            "'" + more + "' is one argument too many. Give one NAME, and each scope with --scope.");
      }
      scopes.add(more);
    }
    if (scopes.isEmpty()) {
      throw new WrongUsage("Say what the token may use: --scope anthropic:*, --scope mock:*, …");
    }
    return scopes;
  }
}
