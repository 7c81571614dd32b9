package io.keyfront.cli;

import io.keyfront.cli.command.PlainServe;
import io.keyfront.cli.home.HomeUnusable;
import io.keyfront.cli.serve.ServeOptions;
import io.keyfront.cli.serve.Serving;
import java.util.Optional;

/** The {@code keyfront} program: reads a command line, runs it, says how it ended. */
public final class Keyfront {
  /** It did what was asked. */
  public static final int OK = 0;

  /** It was refused, failed, or found problems. */
  public static final int REFUSED = 1;

  /** The command line was wrong. */
  public static final int USAGE = 2;

  private Keyfront() {}

  /**
   * Runs a command line.
   *
   * @return the exit code
   */
  public static int run(Surroundings around, String... arguments) {
    Optional<ServeOptions> serve = PlainServe.read(around, arguments);
    return serve.isPresent() ? serve(serve.get(), around) : CommandTree.run(around, arguments);
  }

  private static int serve(ServeOptions options, Surroundings around) {
    try {
      return Serving.run(options, around);
    } catch (CommandFailed | HomeUnusable failed) {
      return refused(failed, around);
    }
  }

  static int refused(Exception failure, Surroundings around) {
    around.err().println(failure.getMessage());
    around.err().flush();
    return REFUSED;
  }
}
