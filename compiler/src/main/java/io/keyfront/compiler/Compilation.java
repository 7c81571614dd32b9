package io.keyfront.compiler;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.core.snapshot.Snapshot;
import java.util.List;

/**
 * What resources come to.
 *
 * @param snapshot everything that is right
 * @param findings everything that is not, by file and line
 * @param tokens every MachineToken that is in use, by namespace and name
 */
public record Compilation(Snapshot snapshot, List<Finding> findings, List<TokenPlan> tokens) {
  public Compilation {
    findings = List.copyOf(findings);
    tokens = List.copyOf(tokens);
  }

  public boolean hasErrors() {
    return findings.stream().anyMatch(Finding::isError);
  }
}
