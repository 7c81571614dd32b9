package io.keyfront.dataplane.cluster.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.dataplane.cluster.marks.MarkShards.Stored;
import io.keyfront.dataplane.cluster.marks.MarkShards.Wanted;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConfigMapShardsTest {
  private static final byte[] SOME = {1, 2, 3};
  private static final byte[] OTHER = {4};

  private final RealApiServer server = RealApiServer.get();
  private final KubernetesClient client = server.client();
  private final String namespace = server.freshNamespace();
  private final ConfigMapShards shards = new ConfigMapShards(client, namespace);

  @Test
  void aShardIsReadAsItWasWritten() throws IOException {
    assertThat(shards.read(3)).isEmpty();
    String version = shards.write(new Wanted(3, "", SOME, OptionalLong.of(-42))).orElseThrow();

    Stored stored = shards.read(3).orElseThrow();
    assertThat(stored.version()).isEqualTo(version);
    assertThat(stored.marks()).isEqualTo(SOME);
    assertThat(stored.epoch()).hasValue(-42);
    assertThat(client.configMaps().inNamespace(namespace).withName("keyfront-marks-03").get())
        .isNotNull();
  }

  @Test
  void allThatWereWrittenAreReadAndNoOtherConfigMap() throws IOException {
    for (int shard = 0; shard < ClusterMarks.SHARDS; shard += 2) {
      shards.write(new Wanted(shard, "", new byte[] {(byte) shard}, OptionalLong.of(shard)));
    }
    var alien = new ConfigMapBuilder().withNewMetadata().withName("keyfront-marks-64");
    client
        .configMaps()
        .inNamespace(namespace)
        .resource(alien.addToLabels(ConfigMapShards.LABEL, "true").and().build())
        .create();

    Map<Integer, Stored> all = shards.all();

    Stored last = shards.read(62).orElseThrow();
    assertThat(all).as("more than a page").hasSize(32);
    assertThat(all)
        .hasEntrySatisfying(
            62,
            stored -> {
              assertThat(stored.marks()).containsExactly(62);
              assertThat(stored.version()).isEqualTo(last.version());
              assertThat(stored.epoch()).hasValue(62);
            });
  }

  @Test
  void onlyTheVersionThatWasReadIsWrittenOver() throws IOException {
    String first = shards.write(new Wanted(0, "", SOME, OptionalLong.empty())).orElseThrow();
    assertThat(shards.write(new Wanted(0, "", OTHER, OptionalLong.empty())))
        .as("somebody made it before")
        .isEmpty();
    Optional<String> second = shards.write(new Wanted(0, first, OTHER, OptionalLong.empty()));
    assertThat(second).isPresent();
    assertThat(shards.write(new Wanted(0, first, SOME, OptionalLong.empty()))).isEmpty();

    client.configMaps().inNamespace(namespace).withName("keyfront-marks-00").delete();
    assertThat(shards.write(new Wanted(0, second.get(), SOME, OptionalLong.empty())))
        .as("somebody deleted it")
        .isEmpty();
    assertThat(shards.read(0)).isEmpty();
  }
}
