package io.keyfront.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.cli.CommandTree;
import io.keyfront.cli.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualTest {
  private static final Path MANUAL = Path.of("..", "docs", "cli.md");

  private static Surroundings nowhere() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new Surroundings(Map.of(), nowhere, nowhere, Clock.systemUTC(), false);
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    if (!command.getCommandSpec().usageMessage().hidden()) {
      all.add(command);
      command.getSubcommands().values().forEach(below -> collect(below, all));
    }
  }

  /** The part of the manual under a command's heading. */
  private static String section(String manual, String heading) {
    int start = manual.indexOf("\n## " + heading);
    assertThat(start).as("heading for %s", heading).isNotNegative();
    int end = manual.indexOf("\n## ", start + 1);
    return manual.substring(start, end < 0 ? manual.length() : end);
  }

  @Test
  void everyCommandAndOptionIsInTheManual() throws IOException {
    String manual = Files.readString(MANUAL);
    String shared = section(manual, "Shared options");
    List<CommandLine> commands = new ArrayList<>();
    collect(CommandTree.commandLine(nowhere()), commands);

    for (CommandLine command : commands.subList(1, commands.size())) {
      String name = command.getCommandSpec().qualifiedName();
      if (command.getSubcommands().isEmpty()) {
        String section = section(manual, "`" + name) + shared;
        for (OptionSpec option : command.getCommandSpec().options()) {
          if (!option.usageHelp()) {
            assertThat(section).as(name).contains("`" + option.longestName());
          }
        }
      }
    }
  }

  @Test
  void everyVariableOfServeIsInTheManual() throws IOException {
    String manual = Files.readString(MANUAL);

    for (ServeOption option : ServeOption.values()) {
      assertThat(manual).contains("`" + option.variable() + "`");
    }
  }
}
