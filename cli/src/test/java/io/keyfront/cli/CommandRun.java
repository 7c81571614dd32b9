package io.keyfront.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * What a command printed and how it ended.
 *
 * @param code the exit code
 */
public record CommandRun(int code, String out, String err) {

  /** Runs a command line in an environment. */
  public static CommandRun of(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    InstantSource clock = Clock.systemUTC();
    Surroundings around =
        new Surroundings(
            new HashMap<>(environment), new PrintWriter(out), new PrintWriter(err), clock, false);
    int code = Keyfront.commandLine(around).execute(arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
