package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Trouble;
import io.keyfront.operator.serve.OperatorMetrics;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Tells of what happened to an object, once in ten minutes at most for the same thing. */
public final class EventWriter {
  private static final System.Logger LOG = System.getLogger(EventWriter.class.getName());
  private static final Duration REPEATED_AFTER = Duration.ofMinutes(10);
  private static final int REMEMBERED = 5_000;
  private static final int NAME_MAX = 230;
  private static final int MESSAGE_MAX = 1000;

  private final KubernetesClient client;
  private final Executor executor;
  private final InstantSource clock;
  private final OperatorMetrics metrics;
  private final Map<String, Instant> told =
      new LinkedHashMap<>(16, 0.75f, false) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param executor bounded: what it refuses is dropped and counted
   */
  public EventWriter(
      KubernetesClient client, Executor executor, InstantSource clock, OperatorMetrics metrics) {
    this.client = client;
    this.executor = executor;
    this.clock = clock;
    this.metrics = metrics;
  }

  public void normal(HasMetadata object, ConditionReason reason, String message) {
    boolean unused = tell(object, "Normal", reason, message);
  }

  /** Whether it was not told before, not lately. */
  public boolean warning(HasMetadata object, ConditionReason reason, String message) {
    return tell(object, "Warning", reason, message);
  }

  private boolean tell(HasMetadata object, String type, ConditionReason reason, String message) {
    if (!isNew(object.getMetadata().getUid() + " " + reason + " " + message)) {
      return false;
    }
    try {
      executor.execute(() -> write(object, type, reason, message));
    } catch (RejectedExecutionException full) {
      metrics.event(false);
    }
    return true;
  }

  private synchronized boolean isNew(String what) {
    Instant now = clock.instant();
    Instant last = told.get(what);
    if (last != null && now.isBefore(last.plus(REPEATED_AFTER))) {
      return false;
    }
    told.remove(what);
    told.put(what, now);
    return true;
  }

  private void write(HasMetadata object, String type, ConditionReason reason, String message) {
    String now = clock.instant().toString();
    var meta = object.getMetadata();
    String name = meta.getName().substring(0, Math.min(NAME_MAX, meta.getName().length()));
    try {
      client
          .v1()
          .events()
          .inNamespace(meta.getNamespace())
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withNamespace(meta.getNamespace())
                  .withName(name + "." + Long.toHexString(System.nanoTime()))
                  .endMetadata()
                  .withInvolvedObject(
                      new ObjectReferenceBuilder()
                          .withApiVersion(object.getApiVersion())
                          .withKind(object.getKind())
                          .withNamespace(meta.getNamespace())
                          .withName(meta.getName())
                          .withUid(meta.getUid())
                          .build())
                  .withType(type)
                  .withReason(reason.label())
                  .withMessage(message.substring(0, Math.min(MESSAGE_MAX, message.length())))
                  .withFirstTimestamp(now)
                  .withLastTimestamp(now)
                  .withCount(1)
                  .withNewSource()
                  .withComponent(FieldManager.NAME)
                  .endSource()
                  .withReportingComponent("keyfront.io/operator")
                  .withReportingInstance(FieldManager.NAME)
                  .build())
          .create();
      metrics.event(true);
    } catch (RuntimeException refused) {
      metrics.event(false);
      LOG.log(
          Level.WARNING,
          "An event about {0} was not written: {1}",
          meta.getNamespace() + "/" + meta.getName(),
          Trouble.of(refused).sentence());
    }
  }
}
