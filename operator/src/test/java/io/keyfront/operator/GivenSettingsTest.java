package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.operator.apply.GivenSettings;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.operator.testing.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the chart's values, from the file that the operator's pod mounts. */
class GivenSettingsTest {
  private static final Duration OFTEN = Duration.ofMillis(50);

  private final Cluster cluster = new Cluster();
  private @TempDir Path folder = Path.of("");
  private @Nullable Thread keeper;

  @AfterEach
  void end() throws InterruptedException {
    if (keeper != null) {
      keeper.interrupt();
      keeper.join();
    }
    cluster.close();
  }

  private void start() {
    keeper =
        Thread.ofPlatform()
            .start(
                new GivenSettings(
                    cluster.client(),
                    cluster.system(),
                    folder.resolve("spec.json"),
                    OFTEN,
                    new OperatorMetrics()));
  }

  /** In one step, as the kubelet does. */
  private void give(String spec) {
    try {
      Path next = Files.writeString(folder.resolve("next"), spec);
      Files.move(next, folder.resolve("spec.json"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Optional<KeyfrontSettingsSpec> spec() {
    return Optional.ofNullable(
            cluster
                .client()
                .resources(KeyfrontSettings.class)
                .inNamespace(cluster.system())
                .withName("keyfront")
                .get())
        .map(KeyfrontSettings::getSpec);
  }

  private int hops() {
    return spec().map(KeyfrontSettingsSpec::trustedHops).orElse(-1);
  }

  private Optional<LimitsSpec> limits() {
    return spec().flatMap(spec -> Optional.ofNullable(spec.defaultLimits()));
  }

  /** Only the fields that it names are its own. */
  private void byHand(String spec) {
    String yaml =
        "apiVersion: keyfront.io/v1alpha1\nkind: KeyfrontSettings\nmetadata: {namespace: %s, name: keyfront}\nspec: {%s}"
            .formatted(cluster.system(), spec);
    var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    cluster.client().resource(object).fieldManager("test").forceConflicts().serverSideApply();
  }

  private List<Event> events() {
    return cluster.client().v1().events().inNamespace(cluster.system()).list().getItems();
  }

  @Test
  void firstInstallMakesThemAndAnUpgradeChangesThem() {
    give("{\"trustedHops\":1}");
    start();
    await().until(() -> hops() == 1);

    give("{\"trustedHops\":2,\"defaultLimits\":{\"concurrency\":5}}");

    await().until(() -> hops() == 2);
    await().until(() -> limits().isPresent());
  }

  @Test
  void withoutValuesNoneAreMade() {
    give("{\"trustedHops\":1}");
    start();
    await().until(() -> hops() == 1);
    cluster
        .client()
        .resources(KeyfrontSettings.class)
        .inNamespace(cluster.system())
        .withName("keyfront")
        .delete();
    await().until(() -> hops() == 1);

    give("{}");
    await().until(() -> hops() == 0);
    cluster
        .client()
        .resources(KeyfrontSettings.class)
        .inNamespace(cluster.system())
        .withName("keyfront")
        .delete();

    await().during(OFTEN.multipliedBy(10)).until(() -> spec().isEmpty());
  }

  @Test
  void whatSomebodyElseSetIsLeftToThemAlsoWhereTheValuesSayNothingOfIt() {
    byHand("defaultLimits: {requestsPerMinute: 7}");

    give("{\"trustedHops\":3}");
    start();

    await().until(() -> hops() == 3);
    assertThat(limits().map(LimitsSpec::requestsPerMinute)).contains(7L);
    give("{}");
    await().until(() -> hops() == 0);
    assertThat(limits().map(LimitsSpec::requestsPerMinute)).contains(7L);
  }

  @Test
  void valuesThatAreTakenBackLeaveNothingThatAnyoneWouldDispute() {
    give("{\"trustedHops\":3,\"defaultLimits\":{\"concurrency\":5}}");
    start();
    await().until(() -> limits().isPresent());

    give("{}");

    await().until(() -> limits().isEmpty());
    assertThat(hops()).as("the default").isZero();
    String theirs =
        "apiVersion: keyfront.io/v1alpha1\nkind: KeyfrontSettings\nmetadata: {namespace: %s, name: keyfront}\nspec: {trustedHops: 4}"
            .formatted(cluster.system());
    var object = Serialization.unmarshal(theirs, GenericKubernetesResource.class);
    cluster.client().resource(object).fieldManager("test").serverSideApply();
    assertThat(hops()).isEqualTo(4);
  }

  @Test
  void disputedFieldStaysAsItIsAndTheOtherOwnerIsNamed() {
    byHand("trustedHops: 4");

    give("{\"trustedHops\":1}");
    start();

    await()
        .untilAsserted(
            () ->
                assertThat(events())
                    .anySatisfy(
                        event -> {
                          assertThat(event.getReason()).isEqualTo("Conflict");
                          assertThat(event.getMessage()).contains(".spec.trustedHops (test)");
                        }));
    assertThat(hops()).isEqualTo(4);
  }

  @Test
  void whatIsNotAllowedIsSaidByItsFieldAndNeverByItsValue() {
    give(
        "{\"trustedHops\":1,\"webhooks\":[{\"name\":\"BAD NAME\",\"url\":\"https://hooks.example/fake-secret\",\"secretRef\":{\"name\":\"a\",\"key\":\"b\"}}]}");
    start();

    await()
        .untilAsserted(
            () ->
                assertThat(events())
                    .anySatisfy(
                        event -> {
                          assertThat(event.getReason()).isEqualTo("Invalid");
                          assertThat(event.getMessage())
                              .contains("spec.webhooks[0].name")
                              .doesNotContain("fake-secret");
                        }));
    assertThat(spec()).isEmpty();
    give("{\"trustedHop\":1}");
    await()
        .untilAsserted(
            () ->
                assertThat(events())
                    .anySatisfy(
                        event ->
                            assertThat(event.getMessage()).contains("no field spec.trustedHop.")));
    give("no JSON");
    await()
        .untilAsserted(
            () ->
                assertThat(events())
                    .anySatisfy(
                        event -> assertThat(event.getMessage()).contains("cannot be read")));
    give("{\"trustedHops\":1}");
    await().until(() -> hops() == 1);
  }

  @Test
  void fileThatGoesAwayTakesNothingBack() throws IOException {
    give("{\"trustedHops\":1}");
    start();
    await().until(() -> hops() == 1);

    Files.delete(folder.resolve("spec.json"));

    await().during(OFTEN.multipliedBy(10)).until(() -> hops() == 1);
  }
}
