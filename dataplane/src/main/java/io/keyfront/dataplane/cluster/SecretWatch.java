package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.SnapshotSecrets;
import java.lang.System.Logger.Level;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Secrets of a namespace that carry parts, as a source: listed in pages, then watched, again
 * and again for as long as it takes. A list that fails says nothing of any part; only a list that
 * was read to its end says that one is gone.
 */
final class SecretWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SecretWatch.class.getName());

  /**
   * How many Secrets a page of the list holds, each 1 MiB at most. With a limit the API server also
   * answers from its store: its cache may be old, and would take back a revocation.
   */
  private static final long PAGE = 16;

  private final LiveSnapshot live;
  private final SharedIndexInformer<Secret> informer;
  private volatile boolean failing;

  /**
   * @param cached the parts in use that came from elsewhere; those that are not listed are gone
   */
  SecretWatch(KubernetesClient client, String namespace, Set<PartName> cached, LiveSnapshot live) {
    this.live = live;
    this.informer =
        client
            .secrets()
            .inNamespace(namespace)
            .withLabel(SnapshotSecrets.PART_LABEL)
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(new SecretNames())
            .initialState(
                cached.stream()
                    .map(name -> SecretNames.named(SnapshotSecrets.secretName(name), "")))
            .addEventHandler(new Handler())
            .exceptionHandler(this::failed);
  }

  /** Begins, and never gives up; the snapshot is made when the first list was read to its end. */
  void start() {
    var unused = informer.start().thenRun(live::start);
  }

  /** Whether changes arrive. */
  boolean watching() {
    return informer.isWatching();
  }

  private boolean failed(boolean started, Throwable why) {
    if (!failing) {
      LOG.log(
          Level.WARNING,
          "The snapshot Secrets cannot be watched: {0}. What is in use stays in use; Keyfront tries again.",
          why.toString());
    }
    failing = true;
    return true;
  }

  private final class Handler implements ResourceEventHandler<Secret> {
    @Override
    public void onAdd(Secret secret) {
      read(secret);
    }

    @Override
    public void onUpdate(Secret old, Secret secret) {
      read(secret);
    }

    @Override
    public void onDelete(Secret secret, boolean unknown) {
      SnapshotSecrets.partOf(secret.getMetadata().getName()).ifPresent(live::gone);
    }
  }

  private void read(Secret secret) {
    failing = false;
    Optional<PartName> part = SnapshotSecrets.partOf(secret.getMetadata().getName());
    if (part.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "Secret {0} has the label {1} but no part''s name; it is passed over.",
          secret.getMetadata().getName(),
          SnapshotSecrets.PART_LABEL);
      return;
    }
    PartName name = part.get();
    Optional<Long> sequence = sequence(secret);
    String encoded = data(secret).get(SnapshotSecrets.DATA_KEY);
    if (!SnapshotSecrets.TYPE.equals(secret.getType())) {
      unreadable(name, sequence, "is not of type " + SnapshotSecrets.TYPE);
    } else if (sequence.isEmpty()) {
      unreadable(name, sequence, "has no number in annotation " + SnapshotSecrets.SEQUENCE);
    } else if (encoded == null) {
      unreadable(name, sequence, "has no data " + SnapshotSecrets.DATA_KEY);
    } else {
      live.published(name, sequence.get(), Base64.getMimeDecoder().decode(encoded));
    }
  }

  private void unreadable(PartName name, Optional<Long> sequence, String why) {
    live.unreadable(
        name,
        sequence.orElse(0L),
        "Secret %s %s. The last good part stays in use."
            .formatted(SnapshotSecrets.secretName(name), why));
  }

  private static Map<String, String> data(Secret secret) {
    Map<String, String> data = secret.getData();
    return data == null ? Map.of() : data;
  }

  private static Optional<Long> sequence(Secret secret) {
    Map<String, String> annotations = secret.getMetadata().getAnnotations();
    String text = annotations == null ? null : annotations.get(SnapshotSecrets.SEQUENCE);
    return text != null && text.matches("[0-9]{1,18}")
        ? Optional.of(Long.parseLong(text))
        : Optional.empty();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
