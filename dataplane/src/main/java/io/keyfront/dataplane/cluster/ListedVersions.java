package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.keyfront.snapshot.SnapshotSecrets;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which snapshot Secrets there are, and in which version: their metadata only, some hundred bytes
 * each, as the API server's store has it.
 */
final class ListedVersions {
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private final KubernetesClient client;
  private final String uri;
  private final long timeoutMillis;

  ListedVersions(KubernetesClient client, String namespace) {
    this.client = client;
    this.timeoutMillis = client.getConfiguration().getRequestTimeout();
    this.uri =
        "%sapi/v1/namespaces/%s/secrets?labelSelector=%s"
            .formatted(
                client.getMasterUrl(), namespace, SnapshotSecrets.PART_LABEL.replace("/", "%2F"));
  }

  /**
   * Name to resourceVersion; blocks.
   *
   * @throws IOException when the API server does not say
   */
  Map<String, String> now() throws IOException, InterruptedException {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(uri)
            .header("Accept", METADATA)
            .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
            .build();
    var asked = client.getHttpClient().sendAsync(request, String.class);
    try {
      return versions(asked.get(2 * timeoutMillis, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException unanswered) {
      asked.cancel(true);
      throw new IOException("The snapshot Secrets cannot be listed.", unanswered);
    }
  }

  private Map<String, String> versions(HttpResponse<String> answer) throws IOException {
    if (!answer.isSuccessful()) {
      throw new IOException("The snapshot Secrets cannot be listed: " + answer.code());
    }
    Map<String, String> versions = new HashMap<>();
    client
        .getKubernetesSerialization()
        .unmarshal(answer.body(), GenericKubernetesResourceList.class)
        .getItems()
        .forEach(
            secret ->
                versions.put(
                    secret.getMetadata().getName(), secret.getMetadata().getResourceVersion()));
    return versions;
  }
}
