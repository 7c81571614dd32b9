package io.keyfront.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.ProviderCredentialSpec.ApiKey;
import io.keyfront.crds.ProviderCredentialSpec.Auth;
import io.keyfront.crds.SecretRef;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.ReferencedSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
class SecretReaderTest {
  // Both are set by the extension.
  @SuppressWarnings("NullAway.Init")
  private KubernetesClient client;

  @SuppressWarnings("NullAway.Init")
  private KubernetesMockServer server;

  private final ReferencedSecrets secrets = new ReferencedSecrets(name -> {}, name -> {});

  @Test
  void keyThatIsReferredToAfterItsSecretWasSeenIsReadOnce() {
    seen("openai", "sk-fake-1");
    assertThat(key("openai")).isEmpty();
    secrets.refer(null, referring("openai"));

    reader().readWhatIsMissing();
    int asked = server.getRequestCount();
    reader().readWhatIsMissing();

    assertThat(key("openai")).containsExactly("sk-fake-1");
    assertThat(server.getRequestCount()).isEqualTo(asked);
  }

  @Test
  void whatWasNeverSeenIsNotAskedFor() {
    secrets.refer(null, referring("nobody"));
    int asked = server.getRequestCount();

    reader().readWhatIsMissing();

    assertThat(server.getRequestCount()).isEqualTo(asked);
  }

  @Test
  void oneSecretThatIsRefusedDoesNotKeepTheOthersFromBeingRead() {
    seen("first", "sk-fake-1");
    seen("second", "sk-fake-2");
    secrets.refer(null, referring("first"));
    secrets.refer(null, referring("second"));
    server
        .expect()
        .get()
        .withPath("/api/v1/namespaces/team/secrets/first")
        .andReturn(403, "{\"kind\":\"Status\",\"code\":403}")
        .once();

    reader().readWhatIsMissing();

    assertThat(key("first")).isEmpty();
    assertThat(key("second")).containsExactly("sk-fake-2");
    reader().readWhatIsMissing();
    assertThat(key("first")).containsExactly("sk-fake-1");
  }

  @Test
  void secretThatWentMeanwhileIsLeftOut() {
    seen("openai", "sk-fake-1");
    client.secrets().inNamespace("team").withName("openai").delete();
    secrets.refer(null, referring("openai"));

    reader().readWhatIsMissing();

    assertThat(key("openai")).isEmpty();
  }

  private SecretReader reader() {
    return new SecretReader(client, secrets);
  }

  /** It is there, and the watch brought it when nobody referred to it. */
  private void seen(String name, String key) {
    Secret secret =
        client
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace("team")
                    .withName(name)
                    .endMetadata()
                    .addToData(
                        "key",
                        Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)))
                    .build())
            .create();
    var store = secrets.section("");
    store.put(store.getKey(secret), secret);
  }

  private List<String> key(String name) {
    return secrets.of(List.of(new ObjectName("team", name))).stream()
        .map(secret -> secret.data().get("key"))
        .map(text -> text == null ? "" : text.reveal())
        .toList();
  }

  private static ProviderCredential referring(String secret) {
    ProviderCredential credential = new ProviderCredential();
    credential.setMetadata(
        new ObjectMetaBuilder().withNamespace("team").withName("of-" + secret).build());
    credential.setSpec(
        new ProviderCredentialSpec(
            "openai",
            null,
            null,
            new Auth(new ApiKey(new SecretRef(secret, "key"))),
            0,
            1,
            List.of(),
            null,
            null,
            null,
            null,
            false));
    return credential;
  }
}
