package io.keyfront.compiler;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import java.util.List;
import java.util.Map;

/**
 * What tokens come to.
 *
 * @param policies by the hash of each plaintext that stands for one
 * @param tokens every one that is in use, by namespace and name
 * @param findings by resource
 */
public record TokenCompilation(
    Map<TokenHash, TokenPolicy> policies, List<TokenPlan> tokens, List<Finding> findings) {
  public TokenCompilation {
    policies = Map.copyOf(policies);
    tokens = List.copyOf(tokens);
    findings = List.copyOf(findings);
  }
}
