package io.keyfront.cli.serve;

import io.keyfront.cli.home.TokenBook;
import io.keyfront.compiler.Compiler;
import io.keyfront.compiler.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a folder of resources, found the way a server finds it.
 *
 * @param files how many were read
 * @param resources how many they hold
 * @param findings by file and line
 */
public record Check(int files, int resources, List<Finding> findings) {
  public Check {
    findings = List.copyOf(findings);
  }

  /**
   * @param now when tokens that were never seen before count as made
   */
  public static Check of(FolderContents contents, Environment environment, Instant now) {
    FolderResources read = FolderResources.of(contents);
    List<Finding> findings = new ArrayList<>(read.findings());
    StandaloneInputs wanted = StandaloneInputs.of(read, TokenBook.EMPTY, environment);
    // As if the server saw the folder for the first time now: a ttl counts from there.
    TokenBook seen = TokenBook.EMPTY.seen(wanted.declaredTokens(), true, now);
    StandaloneInputs inputs = new StandaloneInputs(wanted.declared(), seen, environment);
    findings.addAll(Compiler.compile(inputs.inputs(Map.of())).findings());
    findings.sort(Finding.ORDER);
    return new Check(contents.files().size(), read.resources().size(), findings);
  }

  /** Whether nothing is refused; warnings do not count. */
  public boolean isClean() {
    return findings.stream().noneMatch(Finding::isError);
  }
}
