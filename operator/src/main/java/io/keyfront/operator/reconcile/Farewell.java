package io.keyfront.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenStatus;
import io.keyfront.operator.apply.FieldManager;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.Proxies;
import io.keyfront.operator.plan.Place;
import io.keyfront.operator.plan.Planned;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.TokenReport;
import io.keyfront.operator.report.Trouble;
import io.keyfront.operator.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets a deleted token go: not before it has left the snapshot, and not before every live proxy
 * runs it so, or has had its time.
 */
public final class Farewell {
  /** How long live proxies have to load that a token is gone. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long AGAIN_MILLIS = 500;

  private final Desk desk;
  private final KubernetesClient client;

  public Farewell(Desk desk, KubernetesClient client) {
    this.desk = desk;
    this.client = client;
  }

  DeleteControl of(MachineToken token) {
    ObjectName name = ObjectName.of(token);
    Optional<Planned> planned = desk.plans().get(Kind.MACHINE_TOKEN, name);
    boolean gone = planned.filter(one -> one.policy().isEmpty()).isPresent();
    if (!gone || planned.get().trouble().isPresent()) {
      diagnose(token, planned.flatMap(Planned::trouble));
      return again();
    }
    Optional<Place> place = planned.get().place();
    if (place.isEmpty()) {
      return released(name);
    }
    Proxies.Loaded loaded = desk.proxies().loaded();
    int count = loaded.count(place.get().part(), place.get().sequence());
    if (count == loaded.of()) {
      return released(name);
    }
    if (System.nanoTime() - place.get().publishedAt() < PATIENCE.toNanos()) {
      desk.pending().waits(Kind.MACHINE_TOKEN, name, true);
      return again();
    }
    desk.events()
        .warning(
            token,
            ConditionReason.NOT_LOADED,
            "It is deleted, though only %d of %d live proxies have loaded that it is gone: look at the others."
                .formatted(count, loaded.of()));
    return released(name);
  }

  private DeleteControl released(ObjectName name) {
    desk.pending().waits(Kind.MACHINE_TOKEN, name, false);
    return DeleteControl.defaultDelete();
  }

  private static DeleteControl again() {
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(AGAIN_MILLIS);
  }

  /** Says why the finalizer stays, once it has for a while. */
  private void diagnose(MachineToken token, Optional<String> trouble) {
    Instant now = desk.clock().instant();
    Instant since = Instant.parse(token.getMetadata().getDeletionTimestamp());
    if (trouble.isEmpty() && now.isBefore(since.plus(PATIENCE))) {
      return;
    }
    String why =
        "It is deleted, but still in use: " + trouble.orElse("the snapshot was not written yet.");
    Verdict verdict = Verdict.no(ConditionReason.NOT_PUBLISHED, why);
    desk.events().warning(token, ConditionReason.NOT_PUBLISHED, why);
    MachineTokenStatus old = Objects.requireNonNullElse(token.getStatus(), TokenReport.empty());
    MachineTokenStatus status =
        TokenReport.troubled(old, verdict, token.getMetadata().getGeneration(), now);
    if (!status.equals(old)) {
      write(Bare.of(new MachineToken(), token, status));
    }
  }

  private void write(MachineToken bare) {
    try {
      client
          .resource(bare)
          .subresource("status")
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.SERVER_SIDE_APPLY)
                  .withFieldManager(FieldManager.NAME)
                  .withForce(true)
                  .build());
    } catch (KubernetesClientException refused) {
      throw new ReconcileFailed(Trouble.of(refused));
    }
  }
}
