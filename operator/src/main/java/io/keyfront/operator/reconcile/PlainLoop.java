package io.keyfront.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.plan.Planned;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Readiness;
import io.keyfront.operator.report.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reports on objects of a kind that have nothing of their own to be kept. */
final class PlainLoop<S, T, R extends CustomResource<S, T>> {
  private static final Duration NOT_YET = Duration.ofMillis(250);
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final Desk desk;
  private final Kind kind;
  private final Supplier<R> bare;
  private final Report<T, R> report;
  private final Function<@Nullable T, List<Condition>> conditions;

  /** Makes a status. */
  @FunctionalInterface
  interface Report<T, R> {
    T of(R object, Planned planned, Readiness readiness, Instant now);
  }

  PlainLoop(
      Desk desk,
      Kind kind,
      Supplier<R> bare,
      Report<T, R> report,
      Function<@Nullable T, List<Condition>> conditions) {
    this.desk = desk;
    this.kind = kind;
    this.bare = bare;
    this.report = report;
    this.conditions = conditions;
  }

  UpdateControl<R> reconcile(R object) {
    if (!desk.ready().getAsBoolean()) {
      return UpdateControl.<R>noUpdate().rescheduleAfter(NOT_YET);
    }
    long start = System.nanoTime();
    ObjectName name = ObjectName.of(object);
    Optional<Planned> planned = desk.plans().get(kind, name);
    if (planned.isEmpty() || planned.get().generation() != object.getMetadata().getGeneration()) {
      return UpdateControl.noUpdate();
    }
    Readiness readiness = Readiness.of(planned.get(), desk.proxies().loaded(), System.nanoTime());
    boolean waits = !readiness.verdict().holds() && readiness.loadedBy().isPresent();
    desk.pending().waits(kind, name, waits);
    UpdateControl<R> control = reported(object, planned.get(), readiness);
    desk.metrics().reconciled(kind, Duration.ofNanos(System.nanoTime() - start));
    return control;
  }

  private UpdateControl<R> reported(R object, Planned planned, Readiness readiness) {
    T old = object.getStatus();
    T now = report.of(object, planned, readiness, desk.clock().instant());
    if (Objects.equals(now, old)) {
      return UpdateControl.noUpdate();
    }
    boolean sameWords = conditions.apply(now).equals(conditions.apply(old));
    if (readiness.settling() || (sameWords && !desk.echoes().take())) {
      return UpdateControl.<R>noUpdate().rescheduleAfter(SETTLING);
    }
    Transitions.tell(desk.events(), object, conditions.apply(old), conditions.apply(now));
    desk.metrics().statusWritten(kind);
    return UpdateControl.patchStatus(Bare.of(bare.get(), object, now));
  }

  /** There is nothing to do at the API server but to write the status, so that is what failed. */
  ErrorStatusUpdateControl<R> failed(R object, Exception failed) {
    Trouble trouble = ReconcileFailed.trouble(failed);
    desk.metrics().failed(kind, trouble.word().name());
    desk.events().warning(object, ConditionReason.of(trouble), trouble.sentence());
    return ErrorStatusUpdateControl.noStatusUpdate();
  }
}
