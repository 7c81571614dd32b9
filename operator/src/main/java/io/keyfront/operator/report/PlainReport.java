package io.keyfront.operator.report;

import io.fabric8.kubernetes.api.model.Condition;
import io.keyfront.crds.KeyfrontSettingsStatus;
import io.keyfront.crds.ModelAliasStatus;
import io.keyfront.crds.ProviderCredentialStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /**
   * @param fingerprint of the key in use; absent where there is none
   * @param quarantine why proxies do not use it
   */
  public static ProviderCredentialStatus credential(
      long generation,
      Readiness readiness,
      Optional<String> fingerprint,
      Optional<String> quarantine,
      ProviderCredentialStatus old,
      Instant now) {
    Verdict verdict =
        quarantine
            .filter(why -> readiness.verdict().holds())
            .map(why -> Verdict.no(ConditionReason.QUARANTINED, "A proxy does not use it: " + why))
            .orElse(readiness.verdict());
    boolean rotated = fingerprint.isPresent() && !fingerprint.get().equals(old.fingerprint());
    return new ProviderCredentialStatus(
        generation,
        conditions(old.conditions(), verdict, generation, now),
        fingerprint.orElse(null),
        rotated ? now.truncatedTo(ChronoUnit.SECONDS).toString() : old.lastRotatedTime(),
        readiness.loadedBy().orElse(null));
  }

  private static List<Condition> conditions(
      List<Condition> old, Verdict ready, long generation, Instant now) {
    Map<ConditionType, Verdict> verdicts = new EnumMap<>(ConditionType.class);
    verdicts.put(ConditionType.READY, ready);
    return Conditions.merged(old, verdicts, generation, now);
  }
}
