package io.keyfront.cli.command;

import io.keyfront.cli.WrongUsage;
import io.keyfront.console.desk.TokenName;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code NAME} and {@code --namespace}. */
final class TokenNameParameter {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The token's name, or namespace/name.")
  private String name = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The token's namespace (default: default).")
  private Optional<String> namespace = Optional.empty();

  /** The name that was given; a wrong one is a usage error of the command. */
  TokenName token() {
    try {
      return namespace.isPresent() && name.indexOf('/') < 0
          ? new TokenName(namespace.get(), name)
          : TokenName.parse(name);
    } catch (IllegalArgumentException wrong) {
      throw new WrongUsage(String.valueOf(wrong.getMessage()));
    }
  }

  /** The path of the token below {@code /admin/v1/}. */
  String path() {
    return "tokens/" + token();
  }
}
