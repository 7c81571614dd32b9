package io.keyfront.cli.command;

import io.keyfront.cli.Surroundings;
import io.keyfront.cli.home.Home;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --home}. */
final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "Home folder of the server (KEYFRONT_HOME; default ~/.keyfront).")
  private Optional<Path> home = Optional.empty();

  Path folder(Surroundings around) {
    return home.orElseGet(() -> Home.defaultFolder(around.environment()));
  }
}
