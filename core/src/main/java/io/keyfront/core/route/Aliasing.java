package io.keyfront.core.route;

import io.keyfront.core.provider.Provider;
import io.keyfront.core.scope.Target;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
   * @param callable whether a target can be called just now; asked only of an alias that has
   *     targets of several priorities
   */
  public static Aliased resolve(
      Snapshot snapshot,
      String namespace,
      String provider,
      String model,
      double draw,
      Predicate<Target> callable) {
    if (model.startsWith(MOCK_PREFIX)) {
      return new Aliased(new Target(Provider.MOCK, model), Optional.empty());
    }
    for (AliasRule rule : snapshot.aliases()) {
      if (rule.matches(namespace, provider, model)) {
        List<AliasRule.Target> best = best(rule.targets(), model, callable);
        return new Aliased(called(pick(best, draw), model), Optional.of(rule));
      }
    }
    return new Aliased(new Target(provider, model), Optional.empty());
  }

  private static Target called(AliasRule.Target target, String model) {
    return new Target(target.provider(), target.model().orElse(model));
  }

  /**
   * The targets to pick from: of the lowest priority number that has one that can be called, those
   * that can. Where none can, all of the lowest, so that the refusal speaks of those.
   */
  private static List<AliasRule.Target> best(
      List<AliasRule.Target> targets, String model, Predicate<Target> callable) {
    int first = targets.stream().mapToInt(AliasRule.Target::priority).min().orElseThrow();
    List<AliasRule.Target> lowest = of(first, targets);
    if (lowest.size() == targets.size()) {
      return lowest;
    }
    List<AliasRule.Target> able =
        targets.stream().filter(target -> callable.test(called(target, model))).toList();
    return able.stream().mapToInt(AliasRule.Target::priority).min().stream()
        .mapToObj(priority -> of(priority, able))
        .findFirst()
        .orElse(lowest);
  }

  private static List<AliasRule.Target> of(int priority, List<AliasRule.Target> targets) {
    return targets.stream().filter(target -> target.priority() == priority).toList();
  }

  private static AliasRule.Target pick(List<AliasRule.Target> targets, double draw) {
    double point = draw * targets.stream().mapToInt(AliasRule.Target::weight).sum();
    for (AliasRule.Target target : targets) {
      point -= target.weight();
      if (point < 0) {
        return target;
      }
    }
    return targets.getLast();
  }
}
