package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.ReferencedSecrets;
import io.keyfront.operator.report.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads once what was referred to only after it had been seen. */
final class SecretReader {
  private static final Logger LOG = LoggerFactory.getLogger(SecretReader.class);

  private final KubernetesClient client;
  private final ReferencedSecrets secrets;

  SecretReader(KubernetesClient client, ReferencedSecrets secrets) {
    this.client = client;
    this.secrets = secrets;
  }

  void readWhatIsMissing() {
    for (ObjectName name : secrets.unread()) {
      try {
        Secret secret = client.secrets().inNamespace(name.namespace()).withName(name.name()).get();
        if (secret != null) {
          boolean unused = secrets.take(secret);
        }
      } catch (KubernetesClientException refused) {
        LOG.warn("Secret {} could not be read: {}", name, Trouble.of(refused).sentence());
      }
    }
  }
}
