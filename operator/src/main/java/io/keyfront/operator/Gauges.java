package io.keyfront.operator;

import io.fabric8.kubernetes.api.model.Condition;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.observe.Proxies;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.operator.serve.OperatorMetrics.Readiness;
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

  private static Readiness count(Stream<List<Condition>> all) {
    List<Boolean> ready = all.map(Gauges::isReady).toList();
    return new Readiness(ready.size(), ready.stream().filter(one -> one).count());
  }

  private static boolean isReady(List<Condition> conditions) {
    return conditions.stream()
        .anyMatch(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus()));
  }
}
