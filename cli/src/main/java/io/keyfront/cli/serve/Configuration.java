package io.keyfront.cli.serve;

import io.keyfront.cli.home.Home;
import io.keyfront.cli.home.TokenBook;
import io.keyfront.compiler.Compilation;
import io.keyfront.compiler.Compiler;
import io.keyfront.compiler.finding.Finding;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.TokenMint;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The configuration of a standalone server: resource files, environment and home folder compiled
 * into one snapshot, again whenever one of them changes. Safe for use from many threads; reading
 * never waits for compiling.
 */
public final class Configuration {
  private final Home home;
  private final Environment environment;
  private final OptionalInt trustedHops;
  private final TokenMint mint;
  private final InstantSource clock;
  private FolderResources files = FolderResources.NONE;
  private volatile Current current =
      new Current(Snapshot.EMPTY, FolderResources.NONE, List.of(), List.of());

  /**
   * What is in force.
   *
   * @param findings everything that is wrong, by file and line
   * @param declared the tokens that files and the defaults declare
   */
  public record Current(
      Snapshot snapshot,
      FolderResources files,
      List<Finding> findings,
      List<TokenRecord> declared) {
    public Current {
      findings = List.copyOf(findings);
      declared = List.copyOf(declared);
    }
  }

  /**
   * Begins with nothing in force.
   *
   * @param trustedHops from the command line; present, it goes before the settings' own
   */
  public Configuration(
      Home home,
      Environment environment,
      OptionalInt trustedHops,
      TokenMint mint,
      InstantSource clock) {
    this.home = home;
    this.environment = environment;
    this.trustedHops = trustedHops;
    this.mint = mint;
    this.clock = clock;
  }

  /** Puts other resource files in force before it returns. */
  public synchronized void load(FolderContents contents) {
    files = FolderResources.of(contents);
    compile();
  }

  /**
   * Puts the home folder's tokens as they are now in force before it returns.
   *
   * @throws java.io.UncheckedIOException when a declared token's new plaintext cannot be stored
   */
  public synchronized void compile() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    StandaloneInputs wanted = StandaloneInputs.of(files, home.tokens().book(), environment);
    Map<TokenName, SecretText> plaintexts =
        home.keepTokens(wanted.tokensToMint(), files.isComplete(), mint);
    TokenBook book =
        home.tokens().change(old -> old.seen(wanted.declaredTokens(), files.isComplete(), now));
    StandaloneInputs inputs = new StandaloneInputs(wanted.declared(), book, environment);
    Compilation compiled = Compiler.compile(inputs.inputs(plaintexts));
    List<Finding> findings = new ArrayList<>(files.findings());
    findings.addAll(compiled.findings());
    findings.addAll(inputs.shadowed());
    findings.sort(Finding.ORDER);
    current =
        new Current(
            withTrustedHops(compiled.snapshot()),
            files,
            findings,
            DeclaredTokens.records(compiled.tokens(), plaintexts, now));
  }

  private Snapshot withTrustedHops(Snapshot compiled) {
    return trustedHops.isPresent()
        ? compiled.withSettings(compiled.settings().withTrustedHops(trustedHops.getAsInt()))
        : compiled;
  }

  public Snapshot snapshot() {
    return current.snapshot();
  }

  public Current current() {
    return current;
  }
}
