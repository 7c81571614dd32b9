package io.keyfront.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.core.ledger.Standing;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenStatus;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.plan.Planned;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Readiness;
import io.keyfront.operator.report.TokenReport;
import io.keyfront.operator.report.Trouble;
import io.keyfront.operator.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps one MachineToken: its Secret, its status, and its end. */
public final class TokenReconciler implements Reconciler<MachineToken>, Cleaner<MachineToken> {
  private static final Duration NOT_YET = Duration.ofMillis(250);
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /** Delays of the scheduler are bounded, so a far end is looked at again before. */
  private static final Duration LONGEST = Duration.ofHours(12);

  private final Desk desk;
  private final TokenSecrets secrets;
  private final Farewell farewell;
  private final Map<ObjectName, Standing> standings;
  private final EventSource<?, MachineToken> source;

  /**
   * @param standings what accounts spent, as far as it was read
   * @param source has tokens reconciled that changed by something else
   */
  public TokenReconciler(
      Desk desk,
      TokenSecrets secrets,
      Farewell farewell,
      Map<ObjectName, Standing> standings,
      EventSource<?, MachineToken> source) {
    this.desk = desk;
    this.secrets = secrets;
    this.farewell = farewell;
    this.standings = standings;
    this.source = source;
  }

  @Override
  public List<EventSource<?, MachineToken>> prepareEventSources(
      EventSourceContext<MachineToken> context) {
    return List.of(source);
  }

  @Override
  public UpdateControl<MachineToken> reconcile(MachineToken token, Context<MachineToken> context) {
    if (!desk.ready().getAsBoolean()) {
      return UpdateControl.<MachineToken>noUpdate().rescheduleAfter(NOT_YET);
    }
    long start = System.nanoTime();
    try {
      return reconciled(token);
    } catch (KubernetesClientException refused) {
      throw new ReconcileFailed(Trouble.of(refused));
    } finally {
      desk.metrics().reconciled(Kind.MACHINE_TOKEN, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private UpdateControl<MachineToken> reconciled(MachineToken token) {
    ObjectName name = ObjectName.of(token);
    Instant now = desk.clock().instant();
    Optional<Planned> planned = desk.plans().get(Kind.MACHINE_TOKEN, name);
    TokenSecrets.Kept kept = secrets.keep(token, planned, now);
    if (planned.isEmpty() || planned.get().generation() != token.getMetadata().getGeneration()) {
      return UpdateControl.noUpdate();
    }
    Readiness readiness = Readiness.of(planned.get(), desk.proxies().loaded(), System.nanoTime());
    boolean waits = !readiness.verdict().holds() && readiness.loadedBy().isPresent();
    desk.pending().waits(Kind.MACHINE_TOKEN, name, waits);
    if (isUnderWay(token, planned.get(), kept)) {
      return UpdateControl.noUpdate();
    }
    TokenReport.Facts facts =
        new TokenReport.Facts(
            token,
            planned.get(),
            readiness,
            desk.world().mintedFor(token),
            kept.trouble(),
            Optional.ofNullable(standings.get(name)),
            now);
    return reported(token, facts, delay(planned.get(), kept, now));
  }

  /** Its plaintext was made, or is to be, and the next round will say what comes of it. */
  private static boolean isUnderWay(MachineToken token, Planned planned, TokenSecrets.Kept kept) {
    return planned.policy().isEmpty()
        && planned.findings().isEmpty()
        && kept.trouble().isEmpty()
        && planned.trouble().isEmpty()
        && !token.getSpec().revoked();
  }

  private UpdateControl<MachineToken> reported(
      MachineToken token, TokenReport.Facts facts, Optional<Duration> again) {
    MachineTokenStatus old = Objects.requireNonNullElse(token.getStatus(), TokenReport.empty());
    MachineTokenStatus now = TokenReport.of(facts, old);
    UpdateControl<MachineToken> control = UpdateControl.noUpdate();
    if (!now.equals(old)) {
      if (facts.readiness().settling() && !now.conditions().isEmpty() && isLoading(now)) {
        return UpdateControl.<MachineToken>noUpdate().rescheduleAfter(SETTLING);
      }
      if (now.conditions().equals(old.conditions())
          && !Objects.equals(now.loadedBy(), old.loadedBy())
          && !desk.echoes().take()) {
        return UpdateControl.<MachineToken>noUpdate().rescheduleAfter(SETTLING);
      }
      Transitions.tell(desk.events(), token, old.conditions(), now.conditions());
      desk.metrics().statusWritten(Kind.MACHINE_TOKEN);
      control = UpdateControl.patchStatus(Bare.of(new MachineToken(), token, now));
    }
    if (again.isPresent()) {
      return control.rescheduleAfter(again.get());
    }
    return control;
  }

  private static boolean isLoading(MachineTokenStatus now) {
    String reason = now.conditions().getFirst().getReason();
    return reason.equals(ConditionReason.NOT_LOADED.label())
        || reason.equals(ConditionReason.NO_PROXY.label());
  }

  private static Optional<Duration> delay(Planned planned, TokenSecrets.Kept kept, Instant now) {
    Optional<Instant> end = planned.expiresAt().filter(at -> at.isAfter(now));
    Optional<Instant> next =
        Stream.concat(end.stream(), kept.next().stream()).min(Instant::compareTo);
    return next.map(
        at -> {
          Duration left = Duration.between(now, at).plusMillis(1);
          return left.compareTo(LONGEST) > 0
              ? LONGEST
              : left.isPositive() ? left : Duration.ofMillis(1);
        });
  }

  @Override
  public DeleteControl cleanup(MachineToken token, Context<MachineToken> context) {
    if (!desk.ready().getAsBoolean()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(NOT_YET.toMillis());
    }
    secrets.forget(token);
    return farewell.of(token);
  }

  @Override
  public ErrorStatusUpdateControl<MachineToken> updateErrorStatus(
      MachineToken token, Context<MachineToken> context, Exception failed) {
    Trouble trouble = ReconcileFailed.trouble(failed);
    desk.metrics().failed(Kind.MACHINE_TOKEN, trouble.word().name());
    ConditionReason reason = ConditionReason.of(trouble);
    MachineTokenStatus old = Objects.requireNonNullElse(token.getStatus(), TokenReport.empty());
    MachineTokenStatus now =
        TokenReport.troubled(
            old,
            Verdict.no(reason, trouble.sentence()),
            token.getMetadata().getGeneration(),
            desk.clock().instant());
    desk.events().warning(token, reason, trouble.sentence());
    return now.equals(old)
        ? ErrorStatusUpdateControl.noStatusUpdate()
        : ErrorStatusUpdateControl.patchStatus(Bare.of(new MachineToken(), token, now));
  }
}
