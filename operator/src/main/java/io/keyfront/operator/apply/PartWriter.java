package io.keyfront.operator.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.SnapshotSecrets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Writes the parts whose bytes changed into the proxies' namespace. */
public final class PartWriter {
  private final KubernetesClient client;
  private final String namespace;
  private final PublishedParts published;
  private final InstantSource clock;
  private final OperatorMetrics metrics;

  public PartWriter(
      KubernetesClient client,
      String namespace,
      PublishedParts published,
      InstantSource clock,
      OperatorMetrics metrics) {
    this.client = client;
    this.namespace = namespace;
    this.published = published;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Sees to it that a part lies there as it is.
   *
   * @return the sequence that it has there
   * @throws PartTooLarge when it does not fit into a Secret
   */
  long write(Part part) throws PartTooLarge {
    byte[] bytes = PartCodec.encode(part);
    if (bytes.length > PartCodec.MAX_BYTES) {
      throw new PartTooLarge(part.name(), bytes.length);
    }
    String digest = PublishedParts.digest(bytes);
    Optional<PublishedParts.Published> there = published.get(part.name());
    if (there.isPresent() && there.get().digest().equals(digest) && there.get().sequence() > 0) {
      return there.get().sequence();
    }
    long before = there.map(PublishedParts.Published::sequence).orElse(0L);
    long sequence = SnapshotSecrets.nextSequence(before, clock.instant());
    long start = System.nanoTime();
    Secret answer =
        client
            .secrets()
            .inNamespace(namespace)
            .resource(secret(part.name(), sequence, bytes))
            .fieldManager(FieldManager.NAME)
            .forceConflicts()
            .serverSideApply();
    published.written(part.name(), sequence, digest, answer);
    metrics.published(part.name().kind(), bytes.length, System.nanoTime() - start);
    return sequence;
  }

  /** Removes a part that is not needed any more. */
  void delete(PartName part) {
    client.secrets().inNamespace(namespace).withName(SnapshotSecrets.secretName(part)).delete();
    published.deleted(part);
  }

  private Secret secret(PartName part, long sequence, byte[] bytes) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(SnapshotSecrets.secretName(part))
        .addToLabels(SnapshotSecrets.PART_LABEL, part.kind().label())
        .addToAnnotations(SnapshotSecrets.SEQUENCE, Long.toString(sequence))
        .endMetadata()
        .withType(SnapshotSecrets.TYPE)
        .withData(Map.of(SnapshotSecrets.DATA_KEY, Base64.getEncoder().encodeToString(bytes)))
        .build();
  }
}
