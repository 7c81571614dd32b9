package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.ProxyEcho;
import io.keyfront.snapshot.SnapshotSecrets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A proxy as its Lease shows it.
 *
 * @param lifetime how long it counts after it was last renewed
 * @param echo what it runs and refuses
 * @param renewedAt as the Lease says; the proxy's clock
 * @param seenAt nanoseconds of the operator's own clock when it was last seen renewed
 */
public record Proxy(
    String name, Duration lifetime, ProxyEcho echo, Optional<Instant> renewedAt, long seenAt) {

  static Proxy of(Lease lease, long now) {
    var spec = lease.getSpec();
    Integer seconds = spec == null ? null : spec.getLeaseDurationSeconds();
    Map<String, String> notes = lease.getMetadata().getAnnotations();
    return new Proxy(
        lease.getMetadata().getName(),
        Duration.ofSeconds(
            seconds == null || seconds < 1 ? SnapshotSecrets.LEASE_SECONDS : seconds),
        ProxyEcho.of(notes == null ? Map.of() : notes),
        Optional.ofNullable(spec == null ? null : spec.getRenewTime())
            .map(ZonedDateTime::toInstant),
        now);
  }

  Proxy seenAt(long moment) {
    return new Proxy(name, lifetime, echo, renewedAt, moment);
  }

  /** Judged by the operator's clock alone, so that a skewed clock of a proxy does no harm. */
  boolean isLive(long now) {
    return now - seenAt < lifetime.toNanos();
  }

  public boolean runs(PartName part, long sequence) {
    return echo.loaded().covers(part, sequence);
  }
}
