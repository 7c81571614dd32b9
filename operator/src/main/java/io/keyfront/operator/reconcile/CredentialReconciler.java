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
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Fingerprint;
import io.keyfront.operator.report.PlainReport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports on one ProviderCredential. */
public final class CredentialReconciler implements Reconciler<ProviderCredential> {
  private static final ProviderCredentialStatus NOTHING =
      new ProviderCredentialStatus(null, List.of(), null, null, null);

  private final PlainLoop<ProviderCredentialSpec, ProviderCredentialStatus, ProviderCredential>
      loop;
  private final EventSource<?, ProviderCredential> source;

  /**
   * @param source has those reconciled that changed by something else
   */
  public CredentialReconciler(Desk desk, EventSource<?, ProviderCredential> source) {
    this.source = source;
    this.loop =
        new PlainLoop<>(
            desk,
            Kind.PROVIDER_CREDENTIAL,
            ProviderCredential::new,
            (object, readiness, now) ->
                PlainReport.credential(
                    object.getMetadata().getGeneration(),
                    readiness,
                    readiness.verdict().reason() == ConditionReason.SECRET_MISSING
                        ? Optional.empty()
                        : fingerprint(desk.world(), object),
                    desk.proxies().loaded().quarantine(ObjectName.of(object)),
                    Objects.requireNonNullElse(object.getStatus(), NOTHING),
                    now),
            status -> status == null ? List.of() : status.conditions());
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
    return loop.reconcile(object);
  }

  @Override
  public ErrorStatusUpdateControl<ProviderCredential> updateErrorStatus(
      ProviderCredential object, Context<ProviderCredential> context, Exception failed) {
    return loop.failed(object, failed);
  }
}
