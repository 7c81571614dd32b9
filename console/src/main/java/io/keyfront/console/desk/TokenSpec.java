package io.keyfront.console.desk;

import io.keyfront.console.fault.AdminRefused;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a token's owner may edit, apart from its lifetime.
 *
 * @param cidrs the addresses it may be used from; empty is everywhere
 * @param note free text for people
 * @param labels at most {@link #LABELS}, sorted by key
 * @param limits what may go through, with the budget
 */
public record TokenSpec(
    Scope scope, CidrSet cidrs, String note, Map<String, String> labels, Limits limits) {
  /** The most labels of one token. */
  public static final int LABELS = 32;

  public TokenSpec {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** A token with a scope and nothing else. */
  public static TokenSpec of(Scope scope) {
    return new TokenSpec(scope, CidrSet.ANY, "", Map.of(), Limits.NONE);
  }

  /** The same with other limits. */
  public TokenSpec limited(Limits other) {
    return new TokenSpec(scope, cidrs, note, labels, other);
  }

  /**
   * This spec with the changes that a patch names.
   *
   * @throws AdminRefused when its limits would be none that can be kept
   */
  public TokenSpec patched(TokenPatch patch) {
    return new TokenSpec(
        patch.scope().orElse(scope),
        patch.cidrs().orElse(cidrs),
        patch.note().orElse(note),
        patch.labels().orElse(labels),
        patch.limits().applied(limits));
  }
}
