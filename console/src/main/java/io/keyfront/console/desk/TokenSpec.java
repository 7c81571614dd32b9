package io.keyfront.console.desk;

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
 */
public record TokenSpec(Scope scope, CidrSet cidrs, String note, Map<String, String> labels) {
  /** The most labels of one token. */
  public static final int LABELS = 32;

  public TokenSpec {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** A token with a scope and nothing else. */
  public static TokenSpec of(Scope scope) {
    return new TokenSpec(scope, CidrSet.ANY, "", Map.of());
  }

  /** This spec with the changes that a patch names. */
  public TokenSpec patched(TokenPatch patch) {
    return new TokenSpec(
        patch.scope().orElse(scope),
        patch.cidrs().orElse(cidrs),
        patch.note().orElse(note),
        patch.labels().orElse(labels));
  }
}
