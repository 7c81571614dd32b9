package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.output.Documents;
import io.keyfront.cli.output.OutputFormat;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** {@code -o}. */
final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or yaml (default: table).")
  private OutputFormat format = OutputFormat.TABLE;

  /**
   * Prints an answer.
   *
   * @param table its form for people, ending with a line break; made only when it is wanted
   */
  void print(Surroundings around, JsonNode answer, Supplier<String> table) {
    around
        .out()
        .print(
            switch (format) {
              case TABLE -> table.get();
              case JSON -> Documents.json(answer);
              case YAML -> Documents.yaml(answer);
            });
    around.out().flush();
  }
}
