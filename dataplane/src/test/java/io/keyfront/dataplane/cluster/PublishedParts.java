package io.keyfront.dataplane.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Parts;
import io.keyfront.snapshot.SnapshotSecrets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parts as the operator publishes them into a namespace. */
final class PublishedParts {
  private final KubernetesClient client;
  private final String namespace;

  PublishedParts(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  static Part base() {
    return new Part.Base(ProviderCatalog.builtIn(), List.of(), Settings.DEFAULT);
  }

  static Part credential(String key) {
    return new Part.OneCredential(
        new Credential(
            new CredentialId("team-a", "openai"),
            "openai",
            Optional.empty(),
            new Credential.Auth.ApiKey(SecretText.of(key)),
            0,
            1,
            List.of(),
            NamespaceRule.ALL,
            Limits.NONE));
  }

  /** The shard of one token, whose account is its plaintext's name. */
  static Part.Tokens token(String plaintext, boolean revoked) {
    String account = "uid-of-" + plaintext;
    return new Part.Tokens(
        Parts.shardOf(account),
        Map.of(TokenHash.of(plaintext), policy(account, plaintext, revoked)));
  }

  private static TokenPolicy policy(String account, String name, boolean revoked) {
    return new TokenPolicy(
        new Identity(
            account,
            "team-a",
            name,
            TokenFormat.OPAQUE,
            Scope.ALL,
            Optional.empty(),
            CidrSet.ANY,
            Limits.NONE,
            Optional.empty()),
        revoked);
  }

  void publish(Part part, long sequence) {
    publish(part.name(), sequence, PartCodec.encode(part));
  }

  void publish(PartName name, long sequence, byte[] bytes) {
    client
        .secrets()
        .inNamespace(namespace)
        .resource(secret(name, sequence, bytes))
        .forceConflicts()
        .serverSideApply();
  }

  void delete(PartName name) {
    client.secrets().inNamespace(namespace).withName(SnapshotSecrets.secretName(name)).delete();
  }

  private Secret secret(PartName name, long sequence, byte[] bytes) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(SnapshotSecrets.secretName(name))
        .withNamespace(namespace)
        .addToLabels(SnapshotSecrets.PART_LABEL, name.kind().label())
        .addToAnnotations(SnapshotSecrets.SEQUENCE, Long.toString(sequence))
        .endMetadata()
        .withType(SnapshotSecrets.TYPE)
        .addToData(SnapshotSecrets.DATA_KEY, Base64.getEncoder().encodeToString(bytes))
        .build();
  }
}
