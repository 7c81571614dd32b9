package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.cli.Surroundings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyfront token credit}. */
@Command(
    name = "credit",
    description =
        "Give back what was charged when Redis lost data (SEEDED in keyfront usage), at most that.")
public final class TokenCreditCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private TokenNameParameter name = new TokenNameParameter();

  @ArgGroup(exclusive = false, multiplicity = "1")
  private Most most = new Most();

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  /** How much; one of them at least. */
  static final class Most {
    @Option(names = "--usd", paramLabel = "USD", description = "At most so many USD: 0.05.")
    private Optional<String> usd = Optional.empty();

    @Option(names = "--tokens", paramLabel = "N", description = "At most so many tokens.")
    private Optional<Long> tokens = Optional.empty();
  }

  public TokenCreditCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    most.usd.ifPresent(usd -> body.put("usd", usd));
    most.tokens.ifPresent(tokens -> body.put("tokens", tokens));
    JsonNode credited = server.client(around).post(name.path() + "/credit", body);
    output.print(
        around,
        credited,
        () ->
            "Token %s was given back %s USD and %s tokens.\n"
                .formatted(
                    name.token(),
                    credited.at("/credited/usd").asText(),
                    credited.at("/credited/tokens").asText()));
    return 0;
  }
}
