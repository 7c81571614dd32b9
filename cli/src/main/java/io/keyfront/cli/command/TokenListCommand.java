package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.client.AdminClient;
import io.keyfront.cli.output.TokenTables;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyfront token list}. */
@Command(name = "list", aliases = "ls", description = "List tokens, without their plaintext.")
public final class TokenListCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(
      names = "--search",
      paramLabel = "WORDS",
      description = "Only tokens whose name, scope, note, labels or masked form contain this.")
  private Optional<String> search = Optional.empty();

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public TokenListCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    ArrayNode tokens = every(server.client(around));
    output.print(
        around,
        tokens,
        () ->
            tokens.isEmpty()
                ? "No tokens" + search.map(words -> " match '" + words + "'").orElse("") + ".\n"
                : TokenTables.list(tokens, around.clock().instant()));
    return 0;
  }

  private ArrayNode every(AdminClient client) {
    ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
    Map<String, String> query = new TreeMap<>();
    search.ifPresent(words -> query.put("search", words));
    JsonNode page;
    do {
      page = client.get("tokens", query);
      page.path("tokens").forEach(tokens::add);
      query.put("after", page.path("next").asText());
    } while (page.has("next"));
    return tokens;
  }
}
