package io.keyfront.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens when: the same seed gives the same plan.
 *
 * @param steps in the order of their time
 */
record Plan(List<Step> steps) {
  static final int PROXIES = 3;

  private static final Duration FIRST = Duration.ofSeconds(3);
  private static final Duration QUIET_END = Duration.ofSeconds(3);
  private static final List<Purse> EDITED =
      Cast.PURSES.stream().filter(Purse::isEdited).filter(purse -> !Cast.isShared(purse)).toList();

  /** An event, and its time since the load began. */
  record Step(Duration at, Event event) {}

  static Plan of(ChaosOptions options) {
    Random random = new Random(options.seed());
    List<Step> steps = new ArrayList<>();
    Duration at = FIRST;
    for (int i = 0; at.compareTo(options.load().minus(QUIET_END)) < 0; i++) {
      steps.add(new Step(at, event(i, options.scenario(), random)));
      at = at.plusMillis(between(random, 1200, 3200));
    }
    return new Plan(List.copyOf(steps));
  }

  /** The first five show everything; then it is up to chance. */
  private static Event event(int number, Scenario scenario, Random random) {
    int turn = number < 5 ? number : random.nextInt(11);
    return switch (turn) {
      case 0, 5 -> scenario.killsProxies() ? kill(random) : loss(scenario, random);
      case 1, 6, 7, 8 -> edit(between(random, 1050, 1500), random);
      case 2, 9 -> loss(scenario, random);
      case 3, 10 -> new Event.PauseRedis(millis(random, 100, 3000));
      default -> edit(between(random, 100, 900), random);
    };
  }

  private static Event kill(Random random) {
    return new Event.KillProxy(random.nextInt(PROXIES), millis(random, 100, 1500));
  }

  private static Event loss(Scenario scenario, Random random) {
    return switch (scenario) {
      case BASE -> new Event.RestartRedis(millis(random, 100, 1500));
      case FAILOVER -> new Event.FailOver(millis(random, 200, 2500));
      case EMPTY -> new Event.EmptyRedis(millis(random, 100, 1500));
    };
  }

  /** The kinds that a run of some length cannot be without. */
  static List<String> everyKind(Scenario scenario) {
    Event loss = loss(scenario, new Random(0));
    Event first = scenario.killsProxies() ? kill(new Random(0)) : loss;
    Event raise = new Event.EditBudget(EDITED.getFirst(), 1500);
    Event lower = new Event.EditBudget(EDITED.getFirst(), 500);
    return List.of(first.kind(), raise.kind(), loss.kind(), lower.kind());
  }

  private static Event edit(int thousandths, Random random) {
    return new Event.EditBudget(EDITED.get(random.nextInt(EDITED.size())), thousandths);
  }

  private static Duration millis(Random random, int least, int most) {
    return Duration.ofMillis(between(random, least, most));
  }

  private static int between(Random random, int least, int most) {
    return least + random.nextInt(most - least + 1);
  }
}
