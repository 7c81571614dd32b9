package io.keyfront.cli.command;

import io.keyfront.cli.Keyfront;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.serve.Environment;
import io.keyfront.cli.serve.ListenAddress;
import io.keyfront.cli.serve.LogFormat;
import io.keyfront.cli.serve.ServeOptions;
import io.keyfront.cli.serve.Standalone;
import io.keyfront.cli.serve.Training;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyfront train}: what the launcher runs once to record which classes a start needs. */
@Command(name = "train", hidden = true, description = "Start, answer a few mock calls, stop.")
public final class TrainCommand implements Callable<Integer> {
  private static final long BODY_BYTES = 32L << 20;

  private static final List<String> COMMANDS =
      List.of(
          "token create trained --scope mock:*",
          "token list",
          "token show demo -o json",
          "token show demo -o yaml");

  private final Surroundings around;

  @Mixin private HomeOption home = new HomeOption();

  public TrainCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ListenAddress anywhere = new ListenAddress("127.0.0.1", 0);
    ServeOptions options =
        new ServeOptions(
            anywhere,
            anywhere,
            "local",
            home.folder(around),
            Optional.of(home.folder(around)),
            BODY_BYTES,
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Duration.ofSeconds(1),
            LogFormat.JSON);
    try (Standalone server = Standalone.start(options, Environment.of(Map.of()), around)) {
      Training.run(server);
      runCommands();
    }
    return 0;
  }

  /** The other commands are to start as fast; the person's environment must not lead them away. */
  private void runCommands() {
    Surroundings alone =
        new Surroundings(Map.of(), around.out(), around.err(), around.clock(), false);
    String folder = home.folder(around).toString();
    for (String command : COMMANDS) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      words.addAll(List.of("--home", folder));
      Keyfront.run(alone, words.toArray(String[]::new));
    }
    Keyfront.run(alone, "check", folder);
  }
}
