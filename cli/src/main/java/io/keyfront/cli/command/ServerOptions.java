package io.keyfront.cli.command;

import io.keyfront.cli.Surroundings;
import io.keyfront.cli.client.AdminAccess;
import io.keyfront.cli.client.AdminClient;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server a command talks to. */
final class ServerOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Management URL of the server (KEYFRONT_ADMIN_URL; default: the server that runs on the home folder).")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--admin-token",
      paramLabel = "TOKEN",
      description =
          "Admin token (KEYFRONT_ADMIN_TOKEN; default: the home folder's, for servers on this machine).")
  private Optional<String> adminToken = Optional.empty();

  @Mixin private HomeOption home = new HomeOption();

  AdminClient client(Surroundings around) {
    return new AdminClient(
        AdminAccess.find(url.map(AdminAccess::parse), adminToken, home.folder(around), around));
  }
}
