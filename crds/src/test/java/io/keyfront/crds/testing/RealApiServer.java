package io.keyfront.crds.testing;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ModelAlias;
import io.keyfront.crds.ProviderCredential;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.opentest4j.TestAbortedException;

/**
 * A real Kubernetes API server with its etcd, one for all tests of a JVM, without controllers or
 * nodes. It starts when it is first asked for, in about 3 s, and ends with the JVM. Tests keep
 * apart by {@link #freshNamespace()}: nobody deletes what a namespace held, so a test that lists
 * names its namespace.
 *
 * <p>Where no server can be had the test that asks is aborted, which JUnit reports as skipped, with
 * a sentence that says what would help. Nothing outside the temporary folder and the build's {@code
 * target} is written, no kubeconfig either.
 */
public final class RealApiServer {
  /** Every kind of ours. */
  public static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          ProviderCredential.class, MachineToken.class, ModelAlias.class, KeyfrontSettings.class);

  private static final long ESTABLISHED_SECONDS = 30;
  private static final AtomicInteger NAMESPACES = new AtomicInteger();

  private final KubernetesClient client;
  private final String kubeconfig;

  private RealApiServer(String kubeconfig) {
    this.kubeconfig = kubeconfig;
    client = newClient();
  }

  /**
   * The server, started if need be.
   *
   * @throws TestAbortedException where none can be had
   */
  public static RealApiServer get() {
    Start.OUTCOME.orSkip();
    return Running.SERVER;
  }

  /** An administrator's client, shared by all tests; do not close it. */
  public KubernetesClient client() {
    return client;
  }

  /** An administrator's client of the caller's own, to be closed by it. */
  public KubernetesClient newClient() {
    return clientOf(Config.fromKubeconfig(kubeconfig));
  }

  /**
   * A client for a configuration derived from {@link #kubeconfig()}: another user, another address.
   */
  public static KubernetesClient clientOf(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }

  /** The administrator's kubeconfig as YAML, for programs that take one. */
  public String kubeconfig() {
    return kubeconfig;
  }

  /** The private key, as PEM, that signs the tokens of its ServiceAccounts. */
  String serviceAccountKey() {
    try {
      return Files.readString(Start.OUTCOME.dir().resolve("apiserver.key"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Makes a namespace that no other test of this JVM uses, and names it. */
  public String freshNamespace() {
    String name = "test-" + NAMESPACES.incrementAndGet();
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  /** Applies the committed definitions of all our kinds and waits until they are served. */
  public RealApiServer withCrds() {
    KINDS.forEach(this::apply);
    KINDS.forEach(this::awaitEstablished);
    return this;
  }

  /** The committed definition of a kind. */
  public static CustomResourceDefinition definition(Class<? extends HasMetadata> kind) {
    String resource = HasMetadata.getFullResourceName(kind) + ".yaml";
    try (InputStream yaml = MachineToken.class.getResourceAsStream(resource)) {
      if (yaml == null) {
        throw new IllegalStateException("The definition " + resource + " is not there.");
      }
      return new KubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void apply(Class<? extends HasMetadata> kind) {
    client.resource(definition(kind)).forceConflicts().serverSideApply();
  }

  private void awaitEstablished(Class<? extends HasMetadata> kind) {
    client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(HasMetadata.getFullResourceName(kind))
        .waitUntilCondition(RealApiServer::isEstablished, ESTABLISHED_SECONDS, TimeUnit.SECONDS);
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private static final class Start {
    static final ApiServerStart OUTCOME = ApiServerStart.now();
  }

  private static final class Running {
    static final RealApiServer SERVER = new RealApiServer(Start.OUTCOME.orSkip());
  }
}
