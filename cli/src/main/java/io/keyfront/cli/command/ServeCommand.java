package io.keyfront.cli.command;

import io.keyfront.cli.Surroundings;
import io.keyfront.cli.WrongUsage;
import io.keyfront.cli.serve.ServeOptions;
import io.keyfront.cli.serve.Serving;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code keyfront serve}, for help, completion and lines that {@link PlainServe} does not read. */
@Command(
    name = "serve",
    description = "Serve agents on this machine: no cluster, no Redis, no key needed.",
    footer = {
      "",
      "Every option is an environment variable too: --max-body-bytes is KEYFRONT_MAX_BODY_BYTES.",
      "Provider keys are taken from ANTHROPIC_API_KEY, OPENAI_API_KEY, GEMINI_API_KEY, …"
    })
public final class ServeCommand implements Callable<Integer> {
  private final Surroundings around;
  private final CommandSpec spec;

  private ServeCommand(Surroundings around) {
    this.around = around;
    this.spec = CommandSpec.forAnnotatedObject(this);
    for (ServeOption option : ServeOption.values()) {
      spec.addOption(
          OptionSpec.builder(option.dashed())
              .paramLabel(option.label())
              .type(option.type())
              .description(option.description())
              .build());
    }
  }

  public static CommandLine commandLine(Surroundings around) {
    return new CommandLine(new ServeCommand(around).spec);
  }

  @Override
  public Integer call() {
    return Serving.run(options(), around);
  }

  private ServeOptions options() {
    Map<ServeOption, String> given = new EnumMap<>(ServeOption.class);
    for (ServeOption option : ServeOption.values()) {
      List<String> words = spec.findOption(option.dashed()).originalStringValues();
      words.forEach(word -> given.put(option, word));
    }
    try {
      return new ServeWords(given, around).options();
    } catch (IllegalArgumentException wrong) {
      throw new WrongUsage(String.valueOf(wrong.getMessage()));
    }
  }
}
