package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.keyfront.compiler.resource.Kind;
import io.keyfront.crds.KeyfrontSettings;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ModelAlias;
import io.keyfront.crds.ProviderCredential;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that was observed. Safe for use from many threads. */
public final class World {
  private final KindStore<MachineToken> tokens;
  private final KindStore<ProviderCredential> credentials;
  private final KindStore<ModelAlias> aliases;
  private final KindStore<KeyfrontSettings> settings;
  private final KindStore<Namespace> namespaces;
  private final ReferencedSecrets secrets;
  private final MintedSecrets minted;

  /** Told of what changed; must be quick. */
  public interface Listener {
    /** A token came, went or was changed by somebody else than the operator. */
    void tokenChanged(ObjectName token, boolean isNew);

    /** A Secret that something refers to came, changed or went. */
    void secretChanged(ObjectName secret);

    /** A Secret that the operator did not mint is there no more. */
    void secretGone(ObjectName secret);

    /** A Secret that the operator minted came, changed or went. */
    void mintedChanged(MintedSecret secret);

    /** Anything else. */
    void commonChanged();
  }

  public World(TokenEnvironment environment, Listener listener) {
    secrets = new ReferencedSecrets(listener::secretChanged, listener::secretGone);
    minted = new MintedSecrets(environment, (name, secret) -> listener.mintedChanged(secret));
    tokens =
        new KindStore<>(
            Slim::resource,
            (before, now) -> {
              secrets.refer(before, now);
              if (isOther(before, now)) {
                listener.tokenChanged(
                    ObjectName.of(Objects.requireNonNull(now == null ? before : now)),
                    before == null);
              }
            });
    credentials = new KindStore<>(Slim::resource, (before, now) -> common(listener, before, now));
    aliases = new KindStore<>(Slim::resource, (before, now) -> common(listener, before, now));
    settings = new KindStore<>(Slim::resource, (before, now) -> common(listener, before, now));
    namespaces =
        new KindStore<>(
            namespace -> namespace,
            (before, now) -> {
              if (!labels(before).equals(labels(now)) || before == null || now == null) {
                listener.commonChanged();
              }
            });
  }

  private void common(Listener listener, @Nullable HasMetadata before, @Nullable HasMetadata now) {
    secrets.refer(before, now);
    if (isOther(before, now)) {
      listener.commonChanged();
    }
  }

  /** Whether more than the status differs. */
  private static boolean isOther(@Nullable HasMetadata before, @Nullable HasMetadata now) {
    return before == null
        || now == null
        || !Objects.equals(before.getMetadata().getUid(), now.getMetadata().getUid())
        || !Objects.equals(before.getMetadata().getGeneration(), now.getMetadata().getGeneration())
        || before.isMarkedForDeletion() != now.isMarkedForDeletion();
  }

  private static Map<String, String> labels(@Nullable Namespace namespace) {
    return namespace == null || namespace.getMetadata().getLabels() == null
        ? Map.of()
        : namespace.getMetadata().getLabels();
  }

  public KindStore<MachineToken> tokens() {
    return tokens;
  }

  public KindStore<ProviderCredential> credentials() {
    return credentials;
  }

  public KindStore<ModelAlias> aliases() {
    return aliases;
  }

  public KindStore<KeyfrontSettings> settings() {
    return settings;
  }

  public KindStore<Namespace> namespaces() {
    return namespaces;
  }

  public ReferencedSecrets secrets() {
    return secrets;
  }

  public MintedSecrets minted() {
    return minted;
  }

  /** The kinds of ours, each with its store. */
  public KindStore<? extends HasMetadata> of(Kind kind) {
    return switch (kind) {
      case MACHINE_TOKEN -> tokens;
      case PROVIDER_CREDENTIAL -> credentials;
      case MODEL_ALIAS -> aliases;
      case KEYFRONT_SETTINGS -> settings;
      case SECRET -> throw new IllegalArgumentException("Secrets are not kept whole.");
    };
  }

  /** The Secret that a token's plaintext is in, whoever it belongs to. */
  public Optional<MintedSecret> mintedFor(MachineToken token) {
    return minted.get(secretOf(token));
  }

  /** Where a token's plaintext is written: the named Secret, else one of its own name. */
  public static ObjectName secretOf(MachineToken token) {
    String named = token.getSpec() == null ? null : token.getSpec().secretName();
    return new ObjectName(
        token.getMetadata().getNamespace(), named == null ? token.getMetadata().getName() : named);
  }

  /** The labels of each namespace. */
  public Map<String, Map<String, String>> namespaceLabels() {
    Map<String, Map<String, String>> all = new HashMap<>();
    namespaces
        .values()
        .forEach(namespace -> all.put(namespace.getMetadata().getName(), labels(namespace)));
    return all;
  }
}
