package io.keyfront.cli.serve;

import io.keyfront.cli.home.Home;
import io.keyfront.console.desk.Origin;
import io.keyfront.console.desk.ServerInfo;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.core.snapshot.Credential;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers what the start page says. */
final class StartPages {
  private StartPages() {}

  static StartPage of(
      ServeOptions options,
      Environment environment,
      Home home,
      Configuration.Current current,
      ServerInfo info,
      Duration readyAfter) {
    Optional<TokenRecord> demo = demo(current);
    Set<String> providers =
        current.snapshot().credentials().stream()
            .map(Credential::provider)
            .collect(Collectors.toUnmodifiableSet());
    return new StartPage(
        info.version(),
        URI.create(info.agents()),
        URI.create(info.management()),
        home.folder().toString(),
        demo.flatMap(token -> home.keptToken(token.name())),
        providers,
        providers.stream()
            .filter(name -> demo.filter(token -> token.spec().scope().reaches(name)).isPresent())
            .collect(Collectors.toUnmodifiableSet()),
        StandaloneDefaults.isOffline(
            current.files().resources(), environment.providerKeys().keySet()),
        options.resources().map(Path::toString),
        current.findings(),
        warnings(options, home),
        readyAfter);
  }

  /** Ours, and only while it works: one of the user's own may not reach the mock. */
  private static Optional<TokenRecord> demo(Configuration.Current current) {
    return current.declared().stream()
        .filter(token -> token.origin() instanceof Origin.Demo && !token.revoked())
        .findFirst();
  }

  private static List<String> warnings(ServeOptions options, Home home) {
    List<String> warnings = new ArrayList<>(home.warnings());
    if (!options.management().isLoopback()) {
      warnings.add(
          "The admin API listens on "
              + options.management()
              + " without TLS, so whoever can read the network can read the admin token. Keep it on 127.0.0.1, or put TLS in front.");
    }
    return warnings;
  }
}
