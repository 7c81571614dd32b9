package io.keyfront.operator;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where the operator begins. */
public final class Main {
  private static final String PREFIX = "KEYFRONT_OPERATOR_";

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new OperatorCommand()).setDefaultValueProvider(environment());
  }

  /** {@code --proxy-namespace} is also {@code KEYFRONT_OPERATOR_PROXY_NAMESPACE}. */
  private static IDefaultValueProvider environment() {
    return (ArgSpec argument) ->
        argument instanceof OptionSpec option ? System.getenv(variable(option)) : null;
  }

  private static String variable(OptionSpec option) {
    return PREFIX + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
