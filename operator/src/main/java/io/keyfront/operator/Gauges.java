package io.keyfront.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.observe.Proxies;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.report.KeyLife;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.operator.serve.OperatorMetrics.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What is counted when somebody asks. */
final class Gauges {
  private Gauges() {}

  static void register(
      OperatorMetrics metrics, World world, Proxies proxies, BooleanSupplier leading) {
    metrics.gauge("keyfront_operator_leading", () -> leading.getAsBoolean() ? 1 : 0);
    metrics.gauge("keyfront_operator_live_proxies", () -> proxies.loaded().of());
    metrics.gauge("keyfront_operator_minted_secrets", () -> world.minted().size());
    keys(metrics, world);
    metrics.resources(
        Kind.MACHINE_TOKEN,
        () ->
            count(
                world.tokens().values().stream()
                    .map(
                        one ->
                            one.getStatus() == null ? List.of() : one.getStatus().conditions())));
    metrics.resources(
        Kind.PROVIDER_CREDENTIAL,
        () ->
            count(
                world.credentials().values().stream()
                    .map(
                        one ->
                            one.getStatus() == null ? List.of() : one.getStatus().conditions())));
    metrics.resources(
        Kind.MODEL_ALIAS,
        () ->
            count(
                world.aliases().values().stream()
                    .map(
                        one ->
                            one.getStatus() == null ? List.of() : one.getStatus().conditions())));
  }

  /** No name is a label, so the next end is told, and how many have one. */
  private static void keys(OperatorMetrics metrics, World world) {
    metrics.gauge(
        "keyfront_operator_credential_seconds_to_end",
        () -> {
          Instant now = Instant.now();
          return ends(world)
              .filter(now::isBefore)
              .min(Comparator.naturalOrder())
              .map(end -> (double) Duration.between(now, end).toSeconds())
              .orElse(Double.NaN);
        });
    metrics.gauge(
        "keyfront_operator_credentials_expired",
        () -> {
          Instant now = Instant.now();
          return ends(world).filter(end -> !now.isBefore(end)).count();
        });
    metrics.gauge(
        "keyfront_operator_credentials_renewal_due",
        () ->
            world.credentials().values().stream()
                .filter(one -> one.getStatus() != null)
                .filter(one -> holds(one.getStatus().conditions(), "RenewalDue"))
                .count());
  }

  private static Stream<Instant> ends(World world) {
    return world.credentials().values().stream().flatMap(one -> KeyLife.end(one).stream());
  }

  private static Readiness count(Stream<List<Condition>> all) {
    List<Boolean> ready = all.map(one -> holds(one, "Ready")).toList();
    return new Readiness(ready.size(), ready.stream().filter(one -> one).count());
  }

  private static boolean holds(List<Condition> conditions, String type) {
    return conditions.stream()
        .anyMatch(one -> type.equals(one.getType()) && "True".equals(one.getStatus()));
  }
}
