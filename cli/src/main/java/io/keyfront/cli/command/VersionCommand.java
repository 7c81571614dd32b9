package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyfront version}. */
@Command(name = "version", description = "Print the version of Keyfront and of Java.")
public final class VersionCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private OutputOption output = new OutputOption();

  public VersionCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    String java = Runtime.version().toString();
    output.print(
        around,
        JsonNodeFactory.instance.objectNode().put("version", Version.CURRENT).put("java", java),
        () -> "keyfront " + Version.CURRENT + " (Java " + java + ")\n");
    return 0;
  }
}
