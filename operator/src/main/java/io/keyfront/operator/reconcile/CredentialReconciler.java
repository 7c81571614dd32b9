package io.keyfront.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.core.secret.SecretText;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.ProviderCredentialStatus;
import io.keyfront.operator.check.KeyAnswer;
import io.keyfront.operator.check.KeyChecks;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.Planned;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.CredentialReport;
import io.keyfront.operator.report.Fingerprint;
import io.keyfront.operator.report.KeyLife;
import io.keyfront.operator.report.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports on one ProviderCredential. */
public final class CredentialReconciler implements Reconciler<ProviderCredential> {
  /** A key's end and the next question come closer while nothing else happens. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final PlainLoop<ProviderCredentialSpec, ProviderCredentialStatus, ProviderCredential>
      loop;
  private final Desk desk;
  private final KeyChecks checks;
  private final EventSource<?, ProviderCredential> source;

  /**
   * @param source has those reconciled that changed by something else
   */
  public CredentialReconciler(
      Desk desk, KeyChecks checks, EventSource<?, ProviderCredential> source) {
    this.desk = desk;
    this.checks = checks;
    this.source = source;
    this.loop =
        new PlainLoop<>(
            desk,
            Kind.PROVIDER_CREDENTIAL,
            ProviderCredential::new,
            (object, planned, readiness, now) ->
                CredentialReport.of(
                    facts(object, planned, readiness, now),
                    Objects.requireNonNullElse(object.getStatus(), CredentialReport.NOTHING)),
            status -> status == null ? List.of() : status.conditions());
  }

  private CredentialReport.Facts facts(
      ProviderCredential object, Planned planned, Readiness readiness, Instant now) {
    ObjectName name = ObjectName.of(object);
    return new CredentialReport.Facts(
        object,
        readiness,
        readiness.verdict().reason() == ConditionReason.SECRET_MISSING
            ? Optional.empty()
            : fingerprint(desk.world(), object),
        answer(name, object, planned, now),
        now);
  }

  /** A key that has ended is not tried. */
  private Optional<KeyAnswer> answer(
      ObjectName name, ProviderCredential object, Planned planned, Instant now) {
    return planned
        .upstream()
        .filter(way -> object.getSpec().validate() && !way.credential().isOver(now))
        .flatMap(way -> checks.of(name, way));
  }

  private static Optional<String> fingerprint(World world, ProviderCredential object) {
    ProviderCredentialSpec.ApiKey key =
        object.getSpec().auth() == null ? null : object.getSpec().auth().apiKey();
    if (key == null || key.secretRef() == null) {
      return Optional.empty();
    }
    ObjectName name = new ObjectName(object.getMetadata().getNamespace(), key.secretRef().name());
    return world.secrets().of(List.of(name)).stream()
        .flatMap(secret -> Stream.ofNullable(secret.data().get(key.secretRef().key())))
        .map(text -> text.reveal().strip())
        .filter(text -> !text.isEmpty())
        .map(text -> Fingerprint.of(object.getMetadata().getUid(), SecretText.of(text)))
        .findFirst();
  }

  @Override
  public List<EventSource<?, ProviderCredential>> prepareEventSources(
      EventSourceContext<ProviderCredential> context) {
    return List.of(source);
  }

  @Override
  public UpdateControl<ProviderCredential> reconcile(
      ProviderCredential object, Context<ProviderCredential> context) {
    UpdateControl<ProviderCredential> control = loop.reconcile(object);
    Optional<Duration> next = next(object, control);
    if (next.isEmpty() || control.getScheduleDelay().isPresent()) {
      return control;
    }
    return control.rescheduleAfter(next.get());
  }

  /** When time alone may change what there is to report. */
  private Optional<Duration> next(
      ProviderCredential object, UpdateControl<ProviderCredential> control) {
    ProviderCredentialStatus status = control.getResource().orElse(object).getStatus();
    Instant now = desk.clock().instant();
    Stream<Instant> moments =
        Stream.concat(
            KeyLife.end(object).stream(),
            KeyLife.time(status == null ? null : status.renewalTime()).stream());
    Optional<Duration> soonest =
        moments
            .filter(now::isBefore)
            .map(at -> Duration.between(now, at).plusMillis(1))
            .min(Comparator.naturalOrder())
            .map(left -> left.compareTo(LONGEST) < 0 ? left : LONGEST);
    boolean watched = object.getSpec() != null && object.getSpec().validate();
    return soonest.or(() -> Optional.of(LONGEST).filter(any -> watched));
  }

  @Override
  public ErrorStatusUpdateControl<ProviderCredential> updateErrorStatus(
      ProviderCredential object, Context<ProviderCredential> context, Exception failed) {
    return loop.failed(object, failed);
  }
}
