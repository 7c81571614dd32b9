package io.keyfront.cli.home;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the server of a home folder is, noted in {@code server.json} while it runs, so that the
 * commands find it.
 *
 * @param management the URL of the admin API's server
 * @param agents the URL that agents call
 */
public record RunningServer(URI management, URI agents, long pid) {
  static final String FILE = "server.json";

  /** The server of this home, if one runs; what a killed server left behind does not count. */
  public static Optional<RunningServer> of(Path home) {
    try {
      return new AtomicFile(home.resolve(FILE))
          .read()
          .map(RunningServer::read)
          .filter(server -> ProcessHandle.of(server.pid()).isPresent());
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static RunningServer read(byte[] json) {
    HomeJson file = HomeJson.read(json);
    return new RunningServer(
        URI.create(file.text("management")),
        URI.create(file.text("agents")),
        Long.parseLong(file.text("pid")));
  }

  byte[] json() {
    return HomeJson.write(
        out -> {
          out.writeStringField("management", management.toString());
          out.writeStringField("agents", agents.toString());
          out.writeStringField("pid", Long.toString(pid));
        });
  }
}
