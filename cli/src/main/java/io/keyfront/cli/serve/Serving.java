package io.keyfront.cli.serve;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import java.io.PrintWriter;

/** {@code keyfront serve} as its user sees it: the start page, Ctrl-C, the wait for calls. */
public final class Serving {
  private Serving() {}

  /**
   * Serves until a signal ends it.
   *
   * @return the exit code
   * @throws CommandFailed when the environment is wrong or the server cannot start
   */
  public static int run(ServeOptions options, Surroundings around) {
    StopSignals stop = StopSignals.listen();
    try (Server server = start(options, around)) {
      say(around.err(), server.page(StartTime.sincePressed()));
      stop.await();
      say(around.err(), farewell(server.activeCalls()));
      server.drain();
      return 0;
    }
  }

  private static Server start(ServeOptions options, Surroundings around) {
    return options.snapshot().isPresent()
        ? ClusterServer.start(options, around)
        : Standalone.start(options, environment(around), around);
  }

  private static Environment environment(Surroundings around) {
    try {
      return Environment.of(around.environment());
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailed(String.valueOf(wrong.getMessage()));
    }
  }

  private static String farewell(int active) {
    return "%nStopping: %s. Ctrl-C again stops at once.%n"
        .formatted(active == 0 ? "no call is under way" : "waiting for " + active + " calls");
  }

  private static void say(PrintWriter person, String text) {
    person.print(text);
    person.flush();
  }
}
