package io.keyfront.core.route;

import io.keyfront.core.provider.Provider;
import io.keyfront.core.scope.Target;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * Finds the target of a call: the mock by name, an alias, or the request's own provider and model.
 */
public final class Aliasing {
  private static final String MOCK_PREFIX = "mock";

  private Aliasing() {}

  /**
   * The target, and the alias that chose it.
   *
   * @param alias empty when the request's own provider and model stand
   */
  public record Aliased(Target target, Optional<AliasRule> alias) {}

  /**
   * A model named {@code mock*} is the mock on every provider's path, before any alias.
   *
   * @param namespace whose aliases apply, beside the global ones
   * @param draw a number from 0 (inclusive) to 1 (exclusive) that picks among the weighted targets
   *     of one priority
   */
  public static Aliased resolve(
      Snapshot snapshot, String namespace, String provider, String model, double draw) {
    if (model.startsWith(MOCK_PREFIX)) {
      return new Aliased(new Target(Provider.MOCK, model), Optional.empty());
    }
    for (AliasRule rule : snapshot.aliases()) {
      if (rule.matches(namespace, provider, model)) {
        AliasRule.Target target = pick(rule.targets(), draw);
        return new Aliased(
            new Target(target.provider(), target.model().orElse(model)), Optional.of(rule));
      }
    }
    return new Aliased(new Target(provider, model), Optional.empty());
  }

  private static AliasRule.Target pick(List<AliasRule.Target> targets, double draw) {
    int first = targets.stream().mapToInt(AliasRule.Target::priority).min().orElseThrow();
    List<AliasRule.Target> best = targets.stream().filter(t -> t.priority() == first).toList();
    double point = draw * best.stream().mapToInt(AliasRule.Target::weight).sum();
    for (AliasRule.Target target : best) {
      point -= target.weight();
      if (point < 0) {
        return target;
      }
    }
    return best.getLast();
  }
}
