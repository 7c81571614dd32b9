package io.keyfront.charts;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The chart as Helm renders it. */
final class Chart {
  static final Path FOLDER = Path.of("keyfront");

  static final String CLUSTER = "1.34.4";

  private Chart() {}

  static Helm helm() {
    return new Helm(FOLDER);
  }

  /**
   * Renders it with nothing but its defaults, and a password: without one the chart looks for the
   * cluster's.
   */
  static TemplateCommand template() {
    return helm()
        .template()
        .withName("keyfront")
        .withNamespace("keyfront-system")
        .withKubeVersion(CLUSTER)
        .set("redis.password", "fakePassword");
  }

  /** Renders it with a file of values. */
  static String rendered(Path values) {
    return template().withValuesFile(values).call();
  }

  /** The documents of a rendered chart, in its order. */
  static List<GenericKubernetesResource> objects(String rendered) {
    KubernetesSerialization yaml = new KubernetesSerialization();
    return Arrays.stream(rendered.split("(?m)^---$"))
        .filter(document -> document.contains("apiVersion:"))
        .map(document -> yaml.unmarshal(document, GenericKubernetesResource.class))
        .toList();
  }
}
