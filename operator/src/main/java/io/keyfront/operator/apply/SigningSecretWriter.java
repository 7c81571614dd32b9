package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.keyfront.core.session.KeyRing;
import io.keyfront.operator.observe.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the keys that sign, so that two operators that both believe to lead never come to
 * different keys: what is there is written only over the version that was seen, and what is not
 * there only once.
 */
public final class SigningSecretWriter {
  private static final int CONFLICT = 409;

  private final KubernetesClient client;
  private final String namespace;
  private final SigningSecret seen;

  /**
   * @param namespace the operator's own
   * @param seen takes what was written
   */
  public SigningSecretWriter(KubernetesClient client, String namespace, SigningSecret seen) {
    this.client = client;
    this.namespace = namespace;
    this.seen = seen;
  }

  /**
   * Writes the first key.
   *
   * @return the Secret; empty when there is one already, which is taken then
   * @throws KubernetesClientException when the API server does not do it
   */
  Optional<Secret> create(KeyRing ring) {
    // Nobody has applied under this name, so without force it is refused where anybody has applied.
    // A POST would do too, but cannot be allowed for one name only.
    String creator = FieldManager.NAME + "-" + UUID.randomUUID();
    try {
      Secret made = resource(secret(ring).build()).fieldManager(creator).serverSideApply();
      seen.take(made);
      return Optional.of(made);
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != CONFLICT) {
        throw refused;
      }
      Secret there = client.secrets().inNamespace(namespace).withName(SigningSecret.NAME).get();
      if (there != null) {
        seen.take(there);
      }
      return Optional.empty();
    }
  }

  /**
   * Writes over the version that was seen.
   *
   * @throws KubernetesClientException also when it has changed since
   */
  Secret replace(SigningSecret.Seen there, KeyRing ring) {
    Secret body =
        secret(ring)
            .editMetadata()
            .withUid(there.uid())
            .withResourceVersion(there.version())
            .endMetadata()
            .build();
    Secret now = resource(body).fieldManager(FieldManager.NAME).forceConflicts().serverSideApply();
    seen.take(now);
    return now;
  }

  private Resource<Secret> resource(Secret body) {
    return client.secrets().inNamespace(namespace).resource(body);
  }

  private SecretBuilder secret(KeyRing ring) {
    byte[] text = ring.jwks().reveal().getBytes(StandardCharsets.UTF_8);
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(SigningSecret.NAME)
        .addToLabels(SigningSecret.LABEL, "true")
        .endMetadata()
        .withType("Opaque")
        .withData(Map.of(SigningSecret.DATA_KEY, Base64.getEncoder().encodeToString(text)));
  }
}
