package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.client.AdminAccess;
import io.keyfront.core.secret.SecretText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keyfront admin-token}. */
@Command(name = "admin-token", description = "Print the home folder's admin token.")
public final class AdminTokenCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private OutputOption output = new OutputOption();

  public AdminTokenCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path folder = home.folder(around);
    SecretText token =
        AdminAccess.adminToken(folder, around)
            .orElseThrow(
                () ->
                    new CommandFailed(
                        "There is no home folder at %s yet. keyfront serve makes it."
                            .formatted(folder)));
    output.print(
        around,
        JsonNodeFactory.instance.objectNode().put("adminToken", token.reveal()),
        () -> token.reveal() + "\n");
    return 0;
  }
}
