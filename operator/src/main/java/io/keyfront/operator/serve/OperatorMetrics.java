package io.keyfront.operator.serve;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.snapshot.PartName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** What the operator counts; no name of an object, and no secret, is a label. */
public final class OperatorMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** How many objects of a kind there are, and how many of them are ready. */
  public record Readiness(long all, long ready) {}

  public void reconciled(Kind kind, Duration took) {
    registry.timer("keyfront_operator_reconcile", "kind", kind.id()).record(took);
  }

  /** A reconcile that failed and is tried again. */
  public void failed(Kind kind, String why) {
    registry
        .counter("keyfront_operator_reconcile_errors", "kind", kind.id(), "reason", why)
        .increment();
  }

  public void published(PartName.Kind kind, int bytes, long nanos) {
    registry
        .timer("keyfront_operator_publish", "part", kind.label())
        .record(Duration.ofNanos(nanos));
    registry.summary("keyfront_operator_part_bytes", "part", kind.label()).record(bytes);
  }

  /** A part that could not be written. */
  public void notPublished(PartName.Kind kind, String why) {
    registry
        .counter("keyfront_operator_publish_errors", "part", kind.label(), "reason", why)
        .increment();
  }

  /** One round of compiling and publishing. */
  public void round(Duration took) {
    registry.timer("keyfront_operator_round").record(took);
  }

  public void minted() {
    registry.counter("keyfront_operator_tokens_minted").increment();
  }

  public void statusWritten(Kind kind) {
    registry.counter("keyfront_operator_status_writes", "kind", kind.id()).increment();
  }

  public void event(boolean written) {
    registry.counter("keyfront_operator_events", "written", Boolean.toString(written)).increment();
  }

  /** A watch that the API server refused or broke. */
  public void watchFailed(String resource) {
    registry.counter("keyfront_operator_watch_errors", "resource", resource).increment();
  }

  public void gauge(String name, Supplier<Number> value) {
    Gauge.builder(name, value).register(registry);
  }

  /** Counts objects when it is asked. */
  public void resources(Kind kind, Supplier<Readiness> count) {
    Gauge.builder("keyfront_operator_resources", () -> count.get().ready())
        .tag("kind", kind.id())
        .tag("ready", "true")
        .register(registry);
    Gauge.builder(
            "keyfront_operator_resources",
            () -> {
              Readiness now = count.get();
              return now.all() - now.ready();
            })
        .tag("kind", kind.id())
        .tag("ready", "false")
        .register(registry);
  }

  /** In Prometheus' text format. */
  public String scrape() {
    return registry.scrape();
  }
}
