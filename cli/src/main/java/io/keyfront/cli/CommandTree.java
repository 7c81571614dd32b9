package io.keyfront.cli;

import io.keyfront.cli.command.AdminTokenCommand;
import io.keyfront.cli.command.CheckCommand;
import io.keyfront.cli.command.CompletionCommand;
import io.keyfront.cli.command.ProbeCommand;
import io.keyfront.cli.command.ServeCommand;
import io.keyfront.cli.command.TokenCloneCommand;
import io.keyfront.cli.command.TokenCommand;
import io.keyfront.cli.command.TokenCreateCommand;
import io.keyfront.cli.command.TokenCreditCommand;
import io.keyfront.cli.command.TokenEditCommand;
import io.keyfront.cli.command.TokenListCommand;
import io.keyfront.cli.command.TokenRevokeCommand;
import io.keyfront.cli.command.TokenRevokeExpiredCommand;
import io.keyfront.cli.command.TokenShowCommand;
import io.keyfront.cli.command.TrainCommand;
import io.keyfront.cli.command.UsageCommand;
import io.keyfront.cli.command.VersionCommand;
import io.keyfront.cli.command.WebhookCommand;
import io.keyfront.cli.command.WebhookTestCommand;
import io.keyfront.cli.home.HomeUnusable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Every command as picocli knows it, and what becomes of failures. */
@Command(
    name = "keyfront",
    description = "Lets any AI agent call any model provider without ever holding a provider key.",
    synopsisSubcommandLabel = "COMMAND")
public final class CommandTree {
  private static final int HELP_WIDTH = 100;

  private CommandTree() {}

  /**
   * Runs a command line.
   *
   * @return the exit code
   */
  static int run(Surroundings around, String... arguments) {
    return commandLine(around, arguments).execute(arguments);
  }

  /** Every command there is, as help and completion show them. */
  public static CommandLine commandLine(Surroundings around) {
    return commandLine(around, new String[0]);
  }

  /** Describing a command takes long enough to be felt, so only the named one is, where one is. */
  private static CommandLine commandLine(Surroundings around, String[] arguments) {
    CommandLine keyfront = new CommandLine(new CommandTree());
    addNeeded(keyfront, commands(around, arguments), arguments, 0);
    return configured(keyfront, around);
  }

  private static Map<String, Supplier<CommandLine>> commands(
      Surroundings around, String[] arguments) {
    Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
    commands.put("serve", () -> ServeCommand.commandLine(around));
    commands.put("check", () -> new CommandLine(new CheckCommand(around)));
    commands.put("token", () -> token(around, arguments));
    commands.put("usage", () -> new CommandLine(new UsageCommand(around)));
    commands.put("webhook", () -> webhook(around));
    commands.put("admin-token", () -> new CommandLine(new AdminTokenCommand(around)));
    commands.put("completion", () -> new CommandLine(new CompletionCommand(around)));
    commands.put("version", () -> new CommandLine(new VersionCommand(around)));
    commands.put("train", () -> new CommandLine(new TrainCommand(around)));
    commands.put("probe", () -> new CommandLine(new ProbeCommand(around)));
    return commands;
  }

  private static CommandLine token(Surroundings around, String[] arguments) {
    Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
    commands.put("create", () -> new CommandLine(new TokenCreateCommand(around)));
    commands.put("list", () -> new CommandLine(new TokenListCommand(around)));
    commands.put("show", () -> new CommandLine(new TokenShowCommand(around)));
    commands.put("edit", () -> new CommandLine(new TokenEditCommand(around)));
    commands.put("clone", () -> new CommandLine(new TokenCloneCommand(around)));
    commands.put("revoke", () -> new CommandLine(new TokenRevokeCommand(around)));
    commands.put("credit", () -> new CommandLine(new TokenCreditCommand(around)));
    commands.put("revoke-expired", () -> new CommandLine(new TokenRevokeExpiredCommand(around)));
    CommandLine token = new CommandLine(new TokenCommand());
    addNeeded(token, commands, arguments, 1);
    return token;
  }

  private static CommandLine webhook(Surroundings around) {
    return new CommandLine(new WebhookCommand()).addSubcommand(new WebhookTestCommand(around));
  }

  private static void addNeeded(
      CommandLine parent,
      Map<String, Supplier<CommandLine>> commands,
      String[] arguments,
      int position) {
    String named = position < arguments.length ? arguments[position] : "";
    boolean alone = commands.containsKey(named) && !named.equals("completion");
    commands.forEach(
        (name, command) -> {
          if (!alone || name.equals(named)) {
            parent.addSubcommand(command.get());
          }
        });
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
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> failed(failure, command, around));
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
    Set.copyOf(command.getSubcommands().values()).forEach(CommandTree::addHelp);
  }

  private static int usage(ParameterException wrong, Surroundings around) {
    return usage(String.valueOf(wrong.getMessage()), wrong.getCommandLine(), around);
  }

  private static int usage(String message, CommandLine command, Surroundings around) {
    around.err().println(message);
    around.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    around.err().flush();
    return Keyfront.USAGE;
  }

  private static int failed(Exception failure, CommandLine command, Surroundings around)
      throws Exception {
    if (failure instanceof WrongUsage) {
      return usage(String.valueOf(failure.getMessage()), command, around);
    }
    if (!(failure instanceof CommandFailed) && !(failure instanceof HomeUnusable)) {
      throw failure;
    }
    return Keyfront.refused(failure, around);
  }
}
