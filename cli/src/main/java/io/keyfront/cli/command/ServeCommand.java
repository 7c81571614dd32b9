package io.keyfront.cli.command;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.serve.Environment;
import io.keyfront.cli.serve.ListenAddress;
import io.keyfront.cli.serve.LogFormat;
import io.keyfront.cli.serve.ServeOptions;
import io.keyfront.cli.serve.Standalone;
import io.keyfront.crds.DurationText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyfront serve}. */
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

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8787",
      description = "Where agents call (default: 127.0.0.1:8787).")
  private String listen = "";

  @Option(
      names = "--management",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8788",
      description = "Where health, metrics and the admin API are (default: 127.0.0.1:8788).")
  private String management = "";

  @Option(
      names = "--ledger",
      paramLabel = "LEDGER",
      defaultValue = "local",
      description = "Where usage is kept: local, in the home folder (default: local).")
  private String ledger = "";

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--resources",
      paramLabel = "DIR",
      description = "Folder of resource files (*.yaml, *.yml), watched.")
  private Optional<Path> resources = Optional.empty();

  @Option(
      names = "--max-body-bytes",
      paramLabel = "BYTES",
      defaultValue = "33554432",
      description = "Largest request body of an agent (default: 33554432, which is 32 MiB).")
  private long maxBodyBytes;

  @Option(
      names = "--trusted-hops",
      paramLabel = "COUNT",
      description =
          "How many proxies stand in front, for the client's address (default: as KeyfrontSettings says, else 0).")
  private Optional<Integer> trustedHops = Optional.empty();

  @Option(
      names = "--event-loops",
      paramLabel = "COUNT",
      description = "Threads that serve connections (default: one per processor).")
  private Optional<Integer> eventLoops = Optional.empty();

  @Option(
      names = "--upstream-ca",
      paramLabel = "FILE",
      description = "PEM file of authorities to trust for providers, beside the system's.")
  private Optional<Path> upstreamCa = Optional.empty();

  @Option(
      names = "--drain-timeout",
      paramLabel = "SPAN",
      defaultValue = "30s",
      description = "How long calls in flight may take to end after Ctrl-C (default: 30s).")
  private String drainTimeout = "";

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      defaultValue = "auto",
      description = "Call records: json, text, or auto: text on a terminal (default: auto).")
  private LogFormat logFormat = LogFormat.AUTO;

  public ServeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return Standalone.run(options(), environment(), around);
  }

  ServeOptions options() {
    if (!ledger.equals("local")) {
      throw usage("--ledger: '" + ledger + "' is not supported yet. Leave it out, or write local.");
    }
    resources.ifPresent(
        folder ->
            require(
                Files.isDirectory(folder),
                "--resources",
                folder + " is not a folder. Make it, or name another one."));
    upstreamCa.ifPresent(
        file ->
            require(
                Files.isReadable(file),
                "--upstream-ca",
                file + " is not a file that can be read."));
    require(
        maxBodyBytes >= 1024 && maxBodyBytes <= 1 << 30,
        "--max-body-bytes",
        "write 1024 to 1073741824.");
    return new ServeOptions(
        parsed("--listen", listen, ListenAddress::parse),
        parsed("--management", management, ListenAddress::parse),
        ledger,
        home.folder(around),
        resources,
        maxBodyBytes,
        between("--trusted-hops", trustedHops, 0, 16),
        between("--event-loops", eventLoops, 1, 256),
        upstreamCa,
        parsed("--drain-timeout", drainTimeout, DurationText::parse),
        logFormat);
  }

  private Environment environment() {
    try {
      return Environment.of(around.environment());
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(String.valueOf(wrong.getMessage()));
    }
  }

  private OptionalInt between(String option, Optional<Integer> number, int least, int most) {
    number.ifPresent(
        value ->
            require(
                value >= least && value <= most, option, "write %d to %d.".formatted(least, most)));
    return number.stream().mapToInt(Integer::intValue).findFirst();
  }

  private void require(boolean right, String option, String message) {
    if (!right) {
      throw usage(option + ": " + message);
    }
  }

  private <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw usage(option + ": " + wrong.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
