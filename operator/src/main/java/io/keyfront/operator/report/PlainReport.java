package io.keyfront.operator.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.keyfront.crds.KeyfrontSettingsStatus;
import io.keyfront.crds.ModelAliasStatus;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes the statuses of the kinds that have only the condition {@code Ready}. */
public final class PlainReport {
  private PlainReport() {}

  public static ModelAliasStatus alias(
      long generation, Readiness readiness, ModelAliasStatus old, Instant now) {
    return new ModelAliasStatus(
        generation,
        conditions(old.conditions(), readiness.verdict(), generation, now),
        readiness.loadedBy().orElse(null));
  }

  public static KeyfrontSettingsStatus settings(
      long generation, Readiness readiness, KeyfrontSettingsStatus old, Instant now) {
    return new KeyfrontSettingsStatus(
        generation,
        conditions(old.conditions(), readiness.verdict(), generation, now),
        readiness.loadedBy().orElse(null));
  }

  private static List<Condition> conditions(
      List<Condition> old, Verdict ready, long generation, Instant now) {
    Map<ConditionType, Verdict> verdicts = new EnumMap<>(ConditionType.class);
    verdicts.put(ConditionType.READY, ready);
    return Conditions.merged(old, verdicts, generation, now);
  }
}
