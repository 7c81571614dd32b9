package io.keyfront.cli.client;

import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.home.Home;
import io.keyfront.cli.home.RunningServer;
import io.keyfront.core.secret.SecretText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the admin API is and what opens it.
 *
 * @param url of the management server, without a path
 */
public record AdminAccess(URI url, SecretText token) {
  /** Where a server listens that was not told otherwise. */
  public static final URI DEFAULT_URL = URI.create("http://127.0.0.1:8788");

  /**
   * Finds both: what was said on the command line or in the environment, else what the home folder
   * knows. The home folder's admin token is sent to its own server, or to one on this machine that
   * was named: never to whoever happens to listen on the default port.
   *
   * @throws CommandFailed when one of the two is not to be had; the message says how
   */
  public static AdminAccess find(
      Optional<URI> url, Optional<String> token, Path home, Surroundings around) {
    Optional<SecretText> given =
        token.or(() -> around.variable("KEYFRONT_ADMIN_TOKEN")).map(SecretText::of);
    Optional<URI> known =
        url.or(() -> around.variable("KEYFRONT_ADMIN_URL").map(AdminAccess::parse))
            .or(() -> RunningServer.of(home).map(RunningServer::management));
    if (given.isPresent()) {
      return new AdminAccess(known.orElse(DEFAULT_URL), given.get());
    }
    SecretText kept = ofHome(home, around);
    URI server =
        known.orElseThrow(
            () ->
                new CommandFailed(
                    "No Keyfront server runs on the home folder %s. Start one with: keyfront serve (or name another with --url)."
                        .formatted(home)));
    if (!isThisMachine(server)) {
      throw new CommandFailed(
          "The server %s is not on this machine, so the home folder's admin token is not sent to it. Give its own with --admin-token or KEYFRONT_ADMIN_TOKEN."
              .formatted(server));
    }
    return new AdminAccess(server, kept);
  }

  /**
   * @throws CommandFailed when it is no http or https URL
   */
  public static URI parse(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException notAUri) {
      // Said below.
    }
    throw new CommandFailed(
        "'" + text + "' is not the URL of a server: write it like " + DEFAULT_URL + ".");
  }

  private static SecretText ofHome(Path home, Surroundings around) {
    return adminToken(home, around)
        .orElseThrow(
            () ->
                new CommandFailed(
                    "There is no home folder at %s yet. Start a server once with: keyfront serve (or name another folder with --home, or give --admin-token)."
                        .formatted(home)));
  }

  /**
   * The admin token that the home folder keeps.
   *
   * @throws CommandFailed when the folder cannot be read
   */
  public static Optional<SecretText> adminToken(Path home, Surroundings around) {
    try {
      return Home.adminToken(home, around.variable("KEYFRONT_SECRET_KEY").map(SecretText::of));
    } catch (IOException unreadable) {
      throw new CommandFailed(
          "The home folder %s cannot be read: run the command as the user who runs the server, or give --admin-token."
              .formatted(home));
    }
  }

  private static boolean isThisMachine(URI server) {
    String host = String.valueOf(server.getHost());
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }
}
