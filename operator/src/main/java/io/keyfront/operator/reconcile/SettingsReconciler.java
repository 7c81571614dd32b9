package io.keyfront.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.crds.KeyfrontSettingsStatus;
import io.keyfront.operator.report.PlainReport;
import java.util.List;
import java.util.Objects;

/** Reports on one KeyfrontSettings. */
public final class SettingsReconciler implements Reconciler<KeyfrontSettings> {
  private static final KeyfrontSettingsStatus NOTHING =
      new KeyfrontSettingsStatus(null, List.of(), null);

  private final PlainLoop<KeyfrontSettingsSpec, KeyfrontSettingsStatus, KeyfrontSettings> loop;
  private final EventSource<?, KeyfrontSettings> source;

  /**
   * @param source has those reconciled that changed by something else
   */
  public SettingsReconciler(Desk desk, EventSource<?, KeyfrontSettings> source) {
    this.source = source;
    this.loop =
        new PlainLoop<>(
            desk,
            Kind.KEYFRONT_SETTINGS,
            KeyfrontSettings::new,
            (object, planned, readiness, now) ->
                PlainReport.settings(
                    object.getMetadata().getGeneration(),
                    readiness,
                    Objects.requireNonNullElse(object.getStatus(), NOTHING),
                    now),
            status -> status == null ? List.of() : status.conditions());
  }

  @Override
  public List<EventSource<?, KeyfrontSettings>> prepareEventSources(
      EventSourceContext<KeyfrontSettings> context) {
    return List.of(source);
  }

  @Override
  public UpdateControl<KeyfrontSettings> reconcile(
      KeyfrontSettings object, Context<KeyfrontSettings> context) {
    return loop.reconcile(object);
  }

  @Override
  public ErrorStatusUpdateControl<KeyfrontSettings> updateErrorStatus(
      KeyfrontSettings object, Context<KeyfrontSettings> context, Exception failed) {
    return loop.failed(object, failed);
  }
}
