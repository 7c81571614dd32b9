package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.WrongUsage;
import io.keyfront.cli.output.TokenTables;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyfront token edit}. */
@Command(
    name = "edit",
    description = "Change a token. What is not named stays; a list that is named is replaced.")
public final class TokenEditCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private TokenNameParameter name = new TokenNameParameter();
  @Mixin private SpecOptions settings = new SpecOptions();

  @Option(names = "--no-expiry", description = "Let it live until it is revoked.")
  private boolean noExpiry;

  @Option(names = "--any-address", description = "Let it be used from every address.")
  private boolean anyAddress;

  @Option(names = "--no-labels", description = "Take all its labels away.")
  private boolean noLabels;

  @Option(names = "--no-budget", description = "Take its budget away.")
  private boolean noBudget;

  @Option(
      names = "--no-limits",
      description = "Take its limits on rate and concurrency away; the budget stays.")
  private boolean noLimits;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public TokenEditCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    ObjectNode body = changes();
    JsonNode token = server.client(around).patch(name.path(), body);
    output.print(around, token, () -> TokenTables.one(token, around.clock().instant()));
    return 0;
  }

  private ObjectNode changes() {
    refuseBoth(noExpiry && settings.hasLifetime(), "--no-expiry with --ttl or --expires-at");
    refuseBoth(anyAddress && settings.hasCidrs(), "--any-address with --cidr");
    refuseBoth(noLabels && settings.hasLabels(), "--no-labels with --label");
    refuseBoth(
        noBudget && settings.limits().hasBudget(),
        "--no-budget with --budget-usd, --budget-tokens, --window or --on-ledger-loss");
    refuseBoth(
        noLimits && settings.limits().hasLimits(),
        "--no-limits with --rate, --tokens-per-minute or --concurrency");
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    settings.write(body);
    takeAway(body);
    if (body.isEmpty()) {
      throw new WrongUsage("Name at least one change, like --scope or --ttl.");
    }
    return body;
  }

  private void takeAway(ObjectNode body) {
    if (noExpiry) {
      body.putNull("expiresAt");
    }
    if (anyAddress) {
      body.putArray("cidrs");
    }
    if (noLabels) {
      body.putObject("labels");
    }
    if (noBudget) {
      body.putNull("budget");
    }
    if (noLimits) {
      body.putNull("limits");
    }
  }

  private void refuseBoth(boolean both, String what) {
    if (both) {
      throw new WrongUsage("Give one of the two: not " + what + ".");
    }
  }
}
