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
import java.util.stream.Stream;

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

  private final KubernetesClient client;
  private final String namespace;
  private final LiveSnapshot live;
  private volatile Round round;
  private volatile boolean failing;

  /** An informer with what it remembers; only the last one is listened to. */
  private record Round(SharedIndexInformer<Secret> informer, SecretNames names) {}

  /**
   * @param cached the parts in use that came from elsewhere; those that are not listed are gone
   */
  SecretWatch(KubernetesClient client, String namespace, Set<PartName> cached, LiveSnapshot live) {
    this.client = client;
    this.namespace = namespace;
    this.live = live;
    this.round =
        round(cached.stream().map(name -> SecretNames.named(SnapshotSecrets.secretName(name), "")));
  }

  private Round round(Stream<Secret> known) {
    SecretNames names = new SecretNames();
    SharedIndexInformer<Secret> informer =
        client
            .secrets()
            .inNamespace(namespace)
            .withLabel(SnapshotSecrets.PART_LABEL)
            .withLimit(PAGE)
            .runnableInformer(0)
            .itemStore(names)
            .initialState(known)
            .addEventHandler(new Handler(names))
            .exceptionHandler(this::failed);
    return new Round(informer, names);
  }

  /** Begins, and never gives up; the snapshot is made when the first list was read to its end. */
  void start() {
    var unused = round.informer.start().thenRun(live::start);
  }

  /** Leaves a watch that tells nothing any more, and lists and watches anew. */
  void beginAnew() {
    Round old = round;
    round = round(old.names.values());
    old.informer.stop();
    start();
  }

  /** Whether changes arrive, as far as the connection says. */
  boolean watching() {
    return round.informer.isWatching();
  }

  /** What was told of each Secret: name to version. */
  Map<String, String> versions() {
    return round.names.versions();
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
    private final SecretNames names;

    Handler(SecretNames names) {
      this.names = names;
    }

    @Override
    public void onAdd(Secret secret) {
      take(secret);
    }

    @Override
    public void onUpdate(Secret old, Secret secret) {
      take(secret);
    }

    @Override
    public void onDelete(Secret secret, boolean unknown) {
      if (isCurrent()) {
        SnapshotSecrets.partOf(secret.getMetadata().getName()).ifPresent(live::gone);
      }
    }

    private void take(Secret secret) {
      if (isCurrent()) {
        read(secret);
      }
    }

    /** What a watch that was left still says is old. */
    private boolean isCurrent() {
      return round.names == names;
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
    round.informer.stop();
  }
}
