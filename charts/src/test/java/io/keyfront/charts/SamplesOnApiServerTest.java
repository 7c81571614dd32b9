package io.keyfront.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.keyfront.crds.testing.RealApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SamplesOnApiServerTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final Path CLUSTER = SAMPLES.resolve("cluster");

  /** Kinds of Argo CD and Flux, as far as samples use them. */
  private static final Path FOREIGN = Path.of("src", "test", "resources", "foreign");

  @BeforeAll
  static void foreignKindsAreThere() throws IOException {
    KubernetesClient client = RealApiServer.get().withCrds().client();
    for (String file : List.of("argo.yaml", "flux.yaml")) {
      for (GenericKubernetesResource kind :
          Chart.objects(Files.readString(FOREIGN.resolve(file)))) {
        client.resource(kind).forceConflicts().serverSideApply();
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> isServed(client, kind.getMetadata().getName()));
      }
    }
  }

  private static boolean isServed(KubernetesClient client, String name) {
    return client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(name)
        .get()
        .getStatus()
        .getConditions()
        .stream()
        .anyMatch(one -> one.getType().equals("Established") && one.getStatus().equals("True"));
  }

  @TestFactory
  Stream<DynamicTest> everySampleIsTakenStrictly() throws IOException {
    return files().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(SAMPLES.relativize(file).toString(), () -> isTaken(file)));
  }

  @Test
  void everyStoryHasItsPageAndIsInTheIndex() throws IOException {
    String index = Files.readString(CLUSTER.resolve("README.md"));
    try (Stream<Path> stories = Files.list(CLUSTER)) {
      assertThat(stories.filter(Files::isDirectory))
          .isNotEmpty()
          .allSatisfy(
              story -> {
                assertThat(story.resolve("README.md")).exists();
                assertThat(index)
                    .contains("[" + story.getFileName() + "](" + story.getFileName() + ")");
              });
    }
  }

  private static void isTaken(Path file) throws IOException {
    KubernetesClient client = RealApiServer.get().withCrds().client();
    List<GenericKubernetesResource> objects = Chart.objects(Files.readString(file));
    assertThat(objects).isNotEmpty();
    for (GenericKubernetesResource object : objects) {
      makeNamespaceOf(object, client);
      assertThatCode(
              () ->
                  client
                      .resource(object)
                      .fieldValidation(Validation.STRICT)
                      .forceConflicts()
                      .serverSideApply())
          .describedAs("%s %s", object.getKind(), object.getMetadata().getName())
          .doesNotThrowAnyException();
    }
  }

  private static void makeNamespaceOf(GenericKubernetesResource object, KubernetesClient client) {
    Optional<String> own = Optional.ofNullable(object.getMetadata().getNamespace());
    if (own.isEmpty() && !object.getKind().equals("Namespace")) {
      object.getMetadata().setNamespace("default");
    }
    own.ifPresent(
        name ->
            client
                .resource(new NamespaceBuilder().withNewMetadata().withName(name).and().build())
                .serverSideApply());
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }
}
