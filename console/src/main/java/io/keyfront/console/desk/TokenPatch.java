package io.keyfront.console.desk;

import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import java.util.Map;
import java.util.Optional;

/** Changes to a token; what is empty stays as it is. */
public record TokenPatch(
    Optional<Scope> scope,
    Optional<Expiry> expiry,
    Optional<CidrSet> cidrs,
    Optional<String> note,
    Optional<Map<String, String>> labels,
    LimitsPatch limits) {

  /** Whether the patch changes nothing. */
  public boolean isEmpty() {
    return scope.isEmpty()
        && expiry.isEmpty()
        && cidrs.isEmpty()
        && note.isEmpty()
        && labels.isEmpty()
        && limits.isEmpty();
  }
}
