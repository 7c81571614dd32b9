package io.keyfront.core.route;

import io.keyfront.core.scope.Glob;
import io.keyfront.core.snapshot.AliasRule;
import java.util.List;
import java.util.Optional;

/** Alias rules as tests write them: {@code provider:model}, a bare provider keeps the model. */
final class Rules {
  private Rules() {}

  /** For the tokens of every namespace. */
  static AliasRule global(String match, String target) {
    return rule("keyfront-system", true, match, List.of(target(target, 1, 0)));
  }

  static AliasRule in(String namespace, String match, String target) {
    return rule(namespace, false, match, List.of(target(target, 1, 0)));
  }

  static AliasRule weighted(String match, AliasRule.Target... targets) {
    return rule("default", true, match, List.of(targets));
  }

  static AliasRule.Target target(String text, int weight, int priority) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new AliasRule.Target(text, Optional.empty(), weight, priority)
        : new AliasRule.Target(
            text.substring(0, colon), Optional.of(text.substring(colon + 1)), weight, priority);
  }

  private static AliasRule rule(
      String namespace, boolean global, String match, List<AliasRule.Target> targets) {
    int at = match.indexOf('@');
    Optional<String> provider = at < 0 ? Optional.empty() : Optional.of(match.substring(at + 1));
    Glob model = Glob.of(at < 0 ? match : match.substring(0, at));
    return new AliasRule(namespace, "alias-" + match, global, model, provider, targets);
  }
}
