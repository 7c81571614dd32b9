package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.operator.observe.SigningSecret;
import io.keyfront.operator.testing.Cluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No secret is in any log, event, status or metric, whatever goes wrong. */
class SecretScanTest {
  private static final String SPEC = "format: Opaque\nscopes: [mock]";
  private static final Logger OURS = Logger.getLogger("io.keyfront");
  private static final Logger SDK = Logger.getLogger("io.javaoperatorsdk");
  private static final Logger CLIENT = Logger.getLogger("io.fabric8.kubernetes.client");

  private final Cluster cluster = new Cluster();
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler listener = new Listener();

  @BeforeEach
  void listen() {
    for (Logger logger : Set.of(OURS, SDK, CLIENT)) {
      logger.setLevel(Level.FINE);
      logger.addHandler(listener);
    }
  }

  @AfterEach
  void end() {
    for (Logger logger : Set.of(OURS, SDK, CLIENT)) {
      logger.removeHandler(listener);
      logger.setLevel(null);
    }
    cluster.close();
  }

  @Test
  void nothingThatTheOperatorSaysHoldsASecret() {
    cluster.proxy("one");
    OperatorProcess operator = cluster.operator();
    Set<String> secrets = new HashSet<>();
    secrets.add("sk-fake-key-of-a-provider");
    secrets.add("an-adopted-token-that-is-fake-00001");
    cluster.secret(
        "given",
        Map.of("key", "sk-fake-key-of-a-provider", "old", "an-adopted-token-that-is-fake-00001"));
    cluster.apply(
        ProviderCredential.class,
        "openai",
        "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: given, key: key}}}");
    cluster.apply(
        ProviderCredential.class,
        "bad",
        "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: given, key: none}}}");
    cluster.apply(
        MachineToken.class, "adopts", SPEC + "\ntokenFrom: {secretRef: {name: given, key: old}}");
    cluster.apply(
        MachineToken.class, "twin", SPEC + "\ntokenFrom: {secretRef: {name: given, key: old}}");
    cluster.apply(MachineToken.class, "taken", SPEC + "\nsecretName: given");
    cluster.apply(MachineToken.class, "ci", SPEC);
    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    secrets.add(cluster.plaintext("ci"));
    cluster.apply(MachineToken.class, "signed", "format: JWT\nscopes: [mock]\nttl: 1h");
    await().untilAsserted(() -> assertThat(cluster.ready("signed")).isEqualTo("True Valid"));
    secrets.add(cluster.plaintext("signed"));
    secrets.add(privateHalf());
    cluster.secret("ci", Map.of("KEYFRONT_TOKEN", "kf_" + "fake".repeat(11)));
    secrets.add("kf_" + "fake".repeat(11));
    await().until(() -> !cluster.plaintext("ci").startsWith("kf_fakefake"));
    secrets.add(cluster.plaintext("ci"));
    await().untilAsserted(() -> assertThat(cluster.ready("twin")).isEqualTo("False Conflict"));
    await().untilAsserted(() -> assertThat(cluster.ready("taken")).isEqualTo("False Conflict"));

    String said = said(operator);

    assertThat(said).contains("Conflict").contains("keyfront_operator_tokens_minted");
    assertThat(said).contains("SigningKeyMade");
    assertThat(secrets).hasSizeGreaterThanOrEqualTo(7).noneMatch(said::contains);
  }

  /** Of the key that signs tokens. */
  private String privateHalf() {
    Secret keys =
        cluster.client().secrets().inNamespace(cluster.system()).withName(SigningSecret.NAME).get();
    byte[] jwks = Base64.getDecoder().decode(keys.getData().get(SigningSecret.DATA_KEY));
    return Serialization.unmarshal(new String(jwks, StandardCharsets.UTF_8), JsonNode.class)
        .at("/keys/0/d")
        .asText();
  }

  private String said(OperatorProcess operator) {
    StringBuilder said = new StringBuilder();
    lines.forEach(line -> said.append(line).append('\n'));
    said.append(operator.metrics().scrape());
    var client = cluster.client();
    for (String namespace : Set.of(cluster.team(), cluster.system(), cluster.proxies())) {
      said.append(Serialization.asYaml(client.v1().events().inNamespace(namespace).list()));
      said.append(
          Serialization.asYaml(client.resources(MachineToken.class).inNamespace(namespace).list()));
      said.append(
          Serialization.asYaml(
              client.resources(ProviderCredential.class).inNamespace(namespace).list()));
      for (Secret secret : client.secrets().inNamespace(namespace).list().getItems()) {
        said.append(Serialization.asYaml(secret.getMetadata()));
      }
    }
    return said.toString();
  }

  private final class Listener extends Handler {
    @Override
    public void publish(LogRecord record) {
      StringWriter text = new StringWriter();
      Object[] parameters = record.getParameters();
      text.append(
          parameters == null
              ? record.getMessage()
              : new MessageFormat(record.getMessage().replace("'", "''")).format(parameters));
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new PrintWriter(text));
      }
      lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
