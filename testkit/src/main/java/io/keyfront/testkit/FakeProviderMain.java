package io.keyfront.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;

/**
 * The fake provider as a process: {@code [--port N] [--ready-file FILE] [--bill-ahead EVENTS]
 * [--certificate FILE --key FILE]}. Prints its URL, writes it to the ready file, and serves until
 * it is ended; {@code GET /__bill}, {@code /__totals} and {@code /__requests} look into it.
 */
public final class FakeProviderMain {
  private FakeProviderMain() {}

  public static void main(String[] arguments) throws IOException {
    int port = 0;
    int ahead = 1;
    Path ready = null;
    Path certificate = null;
    Path key = null;
    for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--port" -> port = Integer.parseInt(argument(option, rest));
        case "--bill-ahead" -> ahead = Integer.parseInt(argument(option, rest));
        case "--ready-file" -> ready = Path.of(argument(option, rest));
        case "--certificate" -> certificate = Path.of(argument(option, rest));
        case "--key" -> key = Path.of(argument(option, rest));
        default ->
            throw new IllegalArgumentException(
                "Unknown option "
                    + option
                    + ": there are --port N, --ready-file FILE, --bill-ahead EVENTS, --certificate FILE and --key FILE.");
      }
    }
    FakeProvider provider =
        certificate != null && key != null
            ? FakeProvider.startForAll(port, certificate, key)
            : FakeProvider.start(port);
    provider.billAhead(ahead);
    Runtime.getRuntime().addShutdownHook(new Thread(provider::close));
    System.out.println(provider.uri());
    if (ready != null) {
      Path unfinished = ready.resolveSibling(ready.getFileName() + ".part");
      Files.writeString(unfinished, provider.uri() + "\n");
      Files.move(unfinished, ready, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String argument(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("Option " + option + " needs a value.");
    }
    return rest.next();
  }
}
