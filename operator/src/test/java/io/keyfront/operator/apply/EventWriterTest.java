package io.keyfront.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class EventWriterTest {
  private static final ConditionReason REASON = ConditionReason.SECRET_MISSING;

  // Both are set by the extension.
  @SuppressWarnings("NullAway.Init")
  private KubernetesClient client;

  @SuppressWarnings("NullAway.Init")
  private KubernetesMockServer server;

  private final ManualClock clock = ManualClock.at("2026-11-22T12:00:00Z");
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final ProviderCredential object = credential();

  private EventWriter writer(Executor executor) {
    return new EventWriter(client, executor, clock, metrics);
  }

  private List<Event> events() {
    return client.v1().events().inNamespace("team").list().getItems();
  }

  @Test
  void eventIsAboutTheObjectAndHasTheReasonsWord() {
    writer(Runnable::run).warning(object, REASON, "Secret openai is not there.");

    assertThat(events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getReason()).isEqualTo("SecretMissing");
              assertThat(event.getMessage()).isEqualTo("Secret openai is not there.");
              assertThat(event.getInvolvedObject().getKind()).isEqualTo("ProviderCredential");
              assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid");
              assertThat(event.getFirstTimestamp()).isEqualTo("2026-11-22T12:00:00Z");
            });
  }

  @Test
  void theSameThingIsToldAgainOnlyAfterTenMinutes() {
    EventWriter writer = writer(Runnable::run);

    assertThat(writer.warning(object, REASON, "one")).isTrue();
    assertThat(writer.warning(object, REASON, "another")).isTrue();
    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(writer.warning(object, REASON, "one")).isFalse();
    assertThat(events()).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    assertThat(writer.warning(object, REASON, "one")).isTrue();
    assertThat(events()).hasSize(3);
  }

  @Test
  void longNamesAndMessagesAreCutToWhatAnEventTakes() {
    object.getMetadata().setName("n".repeat(253));

    writer(Runnable::run).warning(object, REASON, "m".repeat(5_000));

    assertThat(events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getMetadata().getName()).hasSizeLessThanOrEqualTo(253);
              assertThat(event.getMessage()).hasSize(1_000);
              assertThat(event.getInvolvedObject().getName()).hasSize(253);
            });
  }

  @Test
  void whatDoesNotFitIntoTheQueueIsDroppedAndCounted() {
    writer(
            full -> {
              throw new RejectedExecutionException();
            })
        .warning(object, REASON, "one");

    assertThat(events()).isEmpty();
    assertThat(metrics.scrape()).contains("keyfront_operator_events_total{written=\"false\"} 1.0");
  }

  @Test
  void serverThatRefusesIsCountedAndHurtsNobody() {
    server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/team/events")
        .andReturn(403, "{\"kind\":\"Status\",\"code\":403}")
        .once();

    writer(Runnable::run).warning(object, REASON, "one");

    assertThat(metrics.scrape()).contains("keyfront_operator_events_total{written=\"false\"} 1.0");
  }

  private static ProviderCredential credential() {
    ProviderCredential credential = new ProviderCredential();
    credential.setMetadata(
        new ObjectMetaBuilder().withNamespace("team").withName("openai").withUid("uid").build());
    return credential;
  }
}
