package io.keyfront.operator.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges what conditions are to say with what they said. The one place that does. */
final class Conditions {
  private Conditions() {}

  /** In the order of their types; a status that stays keeps the time since when it holds. */
  static List<Condition> merged(
      List<Condition> old, Map<ConditionType, Verdict> now, long generation, Instant moment) {
    List<Condition> merged = new ArrayList<>();
    for (Map.Entry<ConditionType, Verdict> entry : now.entrySet()) {
      String type = entry.getKey().label();
      Verdict verdict = entry.getValue();
      String status = verdict.holds() ? "True" : "False";
      String since =
          find(old, type)
              .filter(condition -> status.equals(condition.getStatus()))
              .map(Condition::getLastTransitionTime)
              .orElseGet(() -> moment.truncatedTo(ChronoUnit.SECONDS).toString());
      merged.add(
          new ConditionBuilder()
              .withType(type)
              .withStatus(status)
              .withReason(verdict.reason().label())
              .withMessage(verdict.message())
              .withObservedGeneration(generation)
              .withLastTransitionTime(since)
              .build());
    }
    return List.copyOf(merged);
  }

  /** The same but for one. */
  static List<Condition> with(
      List<Condition> old, ConditionType type, Verdict verdict, long generation, Instant moment) {
    List<Condition> all = new ArrayList<>(merged(old, Map.of(type, verdict), generation, moment));
    old.stream().filter(one -> !type.label().equals(one.getType())).forEach(all::add);
    return List.copyOf(all);
  }

  static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(one -> type.equals(one.getType())).findFirst();
  }

  static boolean holds(List<Condition> conditions, ConditionType type) {
    return find(conditions, type.label()).filter(one -> "True".equals(one.getStatus())).isPresent();
  }
}
