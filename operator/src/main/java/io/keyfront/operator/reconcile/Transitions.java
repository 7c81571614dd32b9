package io.keyfront.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.keyfront.operator.apply.EventWriter;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.ConditionType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells by an event when an object stops being ready, or why it is not. */
final class Transitions {
  /** What passes by itself, or concerns all objects alike, is no event of one. */
  private static final Set<ConditionReason> QUIET =
      EnumSet.of(ConditionReason.VALID, ConditionReason.NOT_LOADED, ConditionReason.NO_PROXY);

  private Transitions() {}

  static void tell(
      EventWriter events, HasMetadata object, List<Condition> old, List<Condition> now) {
    if (isDue(now) && !isDue(old)) {
      String message = find(now, ConditionType.RENEWAL_DUE).orElseThrow().getMessage();
      events.warning(object, ConditionReason.RENEWAL_DUE, message);
    }
    Optional<Condition> ready = ready(now);
    if (ready.isEmpty()) {
      return;
    }
    String reason = ready.get().getReason();
    boolean same = ready(old).filter(one -> reason.equals(one.getReason())).isPresent();
    Optional<ConditionReason> loud =
        Arrays.stream(ConditionReason.values())
            .filter(one -> one.label().equals(reason) && !QUIET.contains(one))
            .findFirst();
    if (loud.isPresent() && !same) {
      events.warning(object, loud.get(), ready.get().getMessage());
    }
  }

  private static boolean isDue(List<Condition> conditions) {
    return find(conditions, ConditionType.RENEWAL_DUE)
        .filter(one -> "True".equals(one.getStatus()))
        .isPresent();
  }

  private static Optional<Condition> ready(List<Condition> conditions) {
    return find(conditions, ConditionType.READY);
  }

  private static Optional<Condition> find(List<Condition> conditions, ConditionType type) {
    return conditions.stream().filter(one -> type.label().equals(one.getType())).findFirst();
  }
}
