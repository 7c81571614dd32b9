package io.keyfront.cli.command;

import io.keyfront.cli.Surroundings;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keyfront completion}. */
@Command(
    name = "completion",
    description = "Print a script that completes commands and options in the shell.",
    footer = {"", "Example: source <(keyfront completion bash)"})
public final class CompletionCommand implements Callable<Integer> {
  /** The shells there is a script for. */
  enum Shell {
    BASH,
    ZSH
  }

  private final Surroundings around;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh (default: bash).")
  private Shell shell = Shell.BASH;

  public CompletionCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    // zsh runs the same script once its emulation of bash's completion is loaded.
    String head =
        switch (shell) {
          case BASH -> "";
          case ZSH ->
              "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";
        };
    around.out().print(head + AutoComplete.bash("keyfront", spec.root().commandLine()));
    around.out().flush();
    return 0;
  }
}
