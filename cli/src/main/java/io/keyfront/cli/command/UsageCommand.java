package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.client.AdminClient;
import io.keyfront.cli.output.UsageTable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keyfront usage}. */
@Command(name = "usage", description = "Show what was used and spent.")
public final class UsageCommand implements Callable<Integer> {
  /** By what it is told apart. */
  enum By {
    TOKEN,
    CREDENTIAL,
    PROVIDER;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** As they are typed. */
  static final class Choices implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(By.values()).map(By::label).iterator();
    }
  }

  private final Surroundings around;

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      defaultValue = "token",
      completionCandidates = Choices.class,
      description = "A row for each ${COMPLETION-CANDIDATES} (default: token).")
  private By by = By.TOKEN;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public UsageCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    JsonNode usage = every(server.client(around));
    output.print(around, usage, () -> UsageTable.of(usage, around.clock().instant()));
    return 0;
  }

  /** Every page as one; the sum is that of the last, which is the newest. */
  private ObjectNode every(AdminClient client) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    Map<String, String> query = new TreeMap<>(Map.of("by", by.label()));
    JsonNode page;
    do {
      page = client.get("usage", query);
      page.path("rows").forEach(rows::add);
      query.put("after", page.path("next").asText());
    } while (page.has("next"));
    ObjectNode usage = JsonNodeFactory.instance.objectNode().put("by", by.label());
    usage.set("rows", rows);
    usage.set("total", page.path("total"));
    return usage;
  }
}
