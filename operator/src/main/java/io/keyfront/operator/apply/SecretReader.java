package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.ReferencedSecrets;
import io.keyfront.operator.report.Trouble;
import java.lang.System.Logger.Level;

/** Reads once what was referred to only after it had been seen. */
final class SecretReader {
  private static final System.Logger LOG = System.getLogger(SecretReader.class.getName());

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
        LOG.log(
            Level.WARNING,
            "Secret {0} could not be read: {1}",
            name,
            Trouble.of(refused).sentence());
      }
    }
  }
}
