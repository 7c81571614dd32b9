package io.keyfront.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.crds.ModelAlias;
import io.keyfront.crds.ModelAliasSpec;
import io.keyfront.crds.ModelAliasStatus;
import io.keyfront.operator.report.PlainReport;
import java.util.List;
import java.util.Objects;

/** Reports on one ModelAlias. */
public final class AliasReconciler implements Reconciler<ModelAlias> {
  private static final ModelAliasStatus NOTHING = new ModelAliasStatus(null, List.of(), null);

  private final PlainLoop<ModelAliasSpec, ModelAliasStatus, ModelAlias> loop;
  private final EventSource<?, ModelAlias> source;

  /**
   * @param source has those reconciled that changed by something else
   */
  public AliasReconciler(Desk desk, EventSource<?, ModelAlias> source) {
    this.source = source;
    this.loop =
        new PlainLoop<>(
            desk,
            Kind.MODEL_ALIAS,
            ModelAlias::new,
            (object, planned, readiness, now) ->
                PlainReport.alias(
                    object.getMetadata().getGeneration(),
                    readiness,
                    Objects.requireNonNullElse(object.getStatus(), NOTHING),
                    now),
            status -> status == null ? List.of() : status.conditions());
  }

  @Override
  public List<EventSource<?, ModelAlias>> prepareEventSources(
      EventSourceContext<ModelAlias> context) {
    return List.of(source);
  }

  @Override
  public UpdateControl<ModelAlias> reconcile(ModelAlias object, Context<ModelAlias> context) {
    return loop.reconcile(object);
  }

  @Override
  public ErrorStatusUpdateControl<ModelAlias> updateErrorStatus(
      ModelAlias object, Context<ModelAlias> context, Exception failed) {
    return loop.failed(object, failed);
  }
}
