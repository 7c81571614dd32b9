package io.keyfront.dataplane.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallMetricsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CallMetrics metrics = new CallMetrics(registry);

  private void call(String model) {
    metrics.record(SomeRecords.answered(model, Optional.empty(), ""));
  }

  private long calls(String model) {
    Timer timer =
        registry
            .find("gen_ai.client.operation.duration")
            .tag("gen_ai.request.model", model)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  void modelsBeyondTheBoundAreCountedAsOtherAndThoseBeforeAsThemselves() {
    for (int i = 0; i < CallMetrics.MAX_SERIES; i++) {
      call("model-" + i);
    }
    call("one-more");
    int meters = registry.getMeters().size();

    call("another");
    call("yet-another");
    call("model-0");

    assertThat(registry.getMeters()).hasSize(meters);
    assertThat(calls("other")).isEqualTo(3);
    assertThat(calls("one-more")).isZero();
    assertThat(calls("model-0")).isEqualTo(2);
  }

  @Test
  void modelOfACallThatWasNotAdmittedMakesNoSeries() {
    metrics.record(SomeRecords.refused("/openai/v1/chat/completions", "scope_denied"));

    assertThat(calls("none")).isEqualTo(1);
  }

  @Test
  void facts425HostileModelStaysInsideItsLabel() {
    call("a\"} 1\n# HELP injected yes\ninjected{x=\"\\");

    String scraped = registry.scrape();

    assertThat(scraped.lines())
        .noneMatch(line -> line.contains("injected") && !line.contains("a\\\"} 1\\n"));
    assertThat(scraped)
        .contains("gen_ai_request_model=\"a\\\"} 1\\n# HELP injected yes\\ninjected{x=\\\"\\\\\"");
  }
}
