package io.keyfront.core.money;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Rates by the length of the prompt. A prompt longer than a step's threshold is charged whole at
 * that step's rates.
 *
 * @param base for a prompt that reaches no step
 * @param steps shortest first
 */
public record RateSteps(Rates base, List<Step> steps) {

  /**
   * @param above prompt tokens, of every kind together, that are not yet in this step
   */
  public record Step(long above, Rates rates) {}

  public RateSteps {
    steps = steps.stream().sorted(Comparator.comparingLong(Step::above)).toList();
  }

  /** What a prompt of so many tokens is charged at. */
  public Rates at(long inputTokens) {
    Rates found = base;
    for (Step step : steps) {
      if (inputTokens > step.above()) {
        found = step.rates();
      }
    }
    return found;
  }

  /** All that a prompt of at most so many tokens can be charged at. */
  List<Rates> upTo(long inputTokens) {
    List<Rates> reachable = new ArrayList<>();
    reachable.add(base);
    for (Step step : steps) {
      if (inputTokens > step.above()) {
        reachable.add(step.rates());
      }
    }
    return reachable;
  }

  RateSteps eachStep(Rates otherBase, UnaryOperator<Rates> change) {
    return new RateSteps(
        otherBase,
        steps.stream().map(step -> new Step(step.above(), change.apply(step.rates()))).toList());
  }
}
