package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyfront.compiler.Compilation;
import io.keyfront.compiler.Compiler;
import io.keyfront.compiler.Inputs;
import io.keyfront.compiler.Rules;
import io.keyfront.compiler.read.ResourceReader;
import io.keyfront.core.session.Authorities;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Parts;
import io.keyfront.snapshot.SnapshotSecrets;
import java.util.Base64;

/** Resources, compiled and published to proxies as the operator does it. */
final class PublishedResources {
  private final RealApiServer server;
  private final String namespace;
  private long sequence;

  /**
   * @param namespace of the proxies
   */
  PublishedResources(RealApiServer server, String namespace) {
    this.server = server;
    this.namespace = namespace;
  }

  void publish(String yaml, Authorities authorities) {
    Compilation compiled =
        Compiler.compile(
            Inputs.of(ResourceReader.read("test.yaml", yaml).resources(), Rules.CLUSTER)
                .withAuthorities(authorities));
    assertThat(compiled.hasErrors()).as("%s", compiled.findings()).isFalse();
    for (Part part : Parts.of(compiled.snapshot())) {
      publish(part.name(), PartCodec.encode(part));
    }
  }

  void publish(PartName name, byte[] bytes) {
    server
        .client()
        .secrets()
        .inNamespace(namespace)
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(SnapshotSecrets.secretName(name))
                .withNamespace(namespace)
                .addToLabels(SnapshotSecrets.PART_LABEL, name.kind().label())
                .addToAnnotations(SnapshotSecrets.SEQUENCE, Long.toString(++sequence))
                .endMetadata()
                .withType(SnapshotSecrets.TYPE)
                .addToData(SnapshotSecrets.DATA_KEY, Base64.getEncoder().encodeToString(bytes))
                .build())
        .forceConflicts()
        .serverSideApply();
  }
}
