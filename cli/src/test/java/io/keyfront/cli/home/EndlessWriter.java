package io.keyfront.cli.home;

import io.keyfront.console.desk.Expiry;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenMint;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A program that makes tokens in a home folder until it is killed, and tells each one made. */
final class EndlessWriter {
  private EndlessWriter() {}

  public static void main(String[] arguments) throws IOException {
    SecureRandom random = new SecureRandom();
    Home home = Home.open(Path.of(arguments[0]), Optional.empty(), random);
    TokenMint mint = new TokenMint(random);
    HomeTokenDesk desk = new HomeTokenDesk(home, mint, Clock.systemUTC(), List::of, () -> {});
    PrintStream told = System.out;
    for (int i = 0; ; i++) {
      TokenName name = TokenName.parse("t" + i);
      desk.create(name, TokenSpec.of(Scope.ALL), new Expiry.Never());
      home.keepTokens(Set.of(name), false, mint);
      told.println(i);
      told.flush();
    }
  }
}
