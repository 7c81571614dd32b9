package io.keyfront.cli.command;

import io.keyfront.cli.Surroundings;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes an option's value from its {@code KEYFRONT_} variable where the option is not given. */
public final class EnvironmentDefaults implements IDefaultValueProvider {
  private final Surroundings around;

  public EnvironmentDefaults(Surroundings around) {
    this.around = around;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    return Arrays.stream(option.names())
        .filter(name -> name.startsWith("--"))
        .findFirst()
        .flatMap(name -> around.variable(variable(name)))
        .orElse(null);
  }

  /** {@code KEYFRONT_MAX_BODY_BYTES} of {@code --max-body-bytes}. */
  static String variable(String option) {
    return "KEYFRONT_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
