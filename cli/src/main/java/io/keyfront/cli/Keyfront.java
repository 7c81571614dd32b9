package io.keyfront.cli;

import io.keyfront.cli.command.AdminTokenCommand;
import io.keyfront.cli.command.CheckCommand;
import io.keyfront.cli.command.CompletionCommand;
import io.keyfront.cli.command.EnvironmentDefaults;
import io.keyfront.cli.command.ServeCommand;
import io.keyfront.cli.command.TokenCloneCommand;
import io.keyfront.cli.command.TokenCommand;
import io.keyfront.cli.command.TokenCreateCommand;
import io.keyfront.cli.command.TokenEditCommand;
import io.keyfront.cli.command.TokenListCommand;
import io.keyfront.cli.command.TokenRevokeCommand;
import io.keyfront.cli.command.TokenRevokeExpiredCommand;
import io.keyfront.cli.command.TokenShowCommand;
import io.keyfront.cli.command.TrainCommand;
import io.keyfront.cli.command.VersionCommand;
import io.keyfront.cli.home.HomeUnusable;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The {@code keyfront} command line: every command, and what becomes of failures. */
@Command(
    name = "keyfront",
    description = "Lets any AI agent call any model provider without ever holding a provider key.",
    synopsisSubcommandLabel = "COMMAND")
public final class Keyfront {
  /** It did what was asked. */
  public static final int OK = 0;

  /** It was refused, failed, or found problems. */
  public static final int REFUSED = 1;

  /** The command line was wrong. */
  public static final int USAGE = 2;

  private static final int HELP_WIDTH = 100;

  private Keyfront() {}

  /**
   * The commands that a call needs. Reading the options of all of them takes a tenth of a second,
   * which a start of the server does not have to wait for.
   */
  public static CommandLine commandLine(Surroundings around, String... arguments) {
    boolean serving = arguments.length > 0 && arguments[0].equals("serve");
    return serving
        ? configured(new CommandLine(new Keyfront()).addSubcommand(serve(around)), around)
        : commandLine(around);
  }

  private static CommandLine serve(Surroundings around) {
    return new CommandLine(new ServeCommand(around))
        .setDefaultValueProvider(new EnvironmentDefaults(around));
  }

  /** Every command. */
  public static CommandLine commandLine(Surroundings around) {
    CommandLine token =
        new CommandLine(new TokenCommand())
            .addSubcommand(new TokenCreateCommand(around))
            .addSubcommand(new TokenListCommand(around))
            .addSubcommand(new TokenShowCommand(around))
            .addSubcommand(new TokenEditCommand(around))
            .addSubcommand(new TokenCloneCommand(around))
            .addSubcommand(new TokenRevokeCommand(around))
            .addSubcommand(new TokenRevokeExpiredCommand(around));
    CommandLine keyfront =
        new CommandLine(new Keyfront())
            .addSubcommand(serve(around))
            .addSubcommand(new CheckCommand(around))
            .addSubcommand(token)
            .addSubcommand(new AdminTokenCommand(around))
            .addSubcommand(new CompletionCommand(around))
            .addSubcommand(new VersionCommand(around))
            .addSubcommand(new TrainCommand(around));
    return configured(keyfront, around);
  }

  private static CommandLine configured(CommandLine keyfront, Surroundings around) {
    boolean colours = around.terminal() && around.variable("NO_COLOR").isEmpty();
    addHelp(keyfront);
    return keyfront
        .setOut(around.out())
        .setErr(around.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler((wrong, arguments) -> usage(wrong, around))
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, around));
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
    Set.copyOf(command.getSubcommands().values()).forEach(Keyfront::addHelp);
  }

  private static int usage(ParameterException wrong, Surroundings around) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    around.err().println(wrong.getMessage());
    around.err().println("Try: " + command + " --help");
    around.err().flush();
    return USAGE;
  }

  private static int failed(Exception failure, Surroundings around) throws Exception {
    if (!(failure instanceof CommandFailed) && !(failure instanceof HomeUnusable)) {
      throw failure;
    }
    around.err().println(failure.getMessage());
    around.err().flush();
    return REFUSED;
  }
}
