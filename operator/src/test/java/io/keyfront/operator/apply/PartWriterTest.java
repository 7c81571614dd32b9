package io.keyfront.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Parts;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartWriterTest {
  private final RealApiServer server = RealApiServer.get();
  private final String namespace = server.freshNamespace();
  private final PublishedParts published = new PublishedParts(unused -> {});
  private final OperatorMetrics metrics = new OperatorMetrics();
  private final PartWriter writer =
      new PartWriter(server.client(), namespace, published, InstantSource.system(), metrics);

  @Test
  void partIsWrittenOnlyWhenItsBytesChangedAndItsSequenceRises() throws Exception {
    long first = writer.write(shard(3, 1, 10));
    long same = writer.write(shard(3, 1, 10));
    long changed = writer.write(shard(3, 2, 10));

    assertThat(same).isEqualTo(first);
    assertThat(changed).isGreaterThan(first);
    var secret =
        server.client().secrets().inNamespace(namespace).withName("keyfront-tokens-03").get();
    assertThat(secret.getType()).isEqualTo("keyfront.io/snapshot");
    assertThat(secret.getMetadata().getLabels()).containsEntry("keyfront.io/snapshot", "tokens");
    assertThat(secret.getMetadata().getAnnotations())
        .containsEntry("keyfront.io/sequence", Long.toString(changed));
  }

  /** FACTS 4, item 30. */
  @Test
  void oneShardThatDoesNotFitIntoASecretIsRefusedAloneAndTheOthersGoOn() throws Exception {
    assertThatThrownBy(() -> writer.write(shard(5, 3000, 300)))
        .isInstanceOf(PartTooLarge.class)
        .hasMessageContaining("tokens-05")
        .hasMessageContaining("819200");
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      var outcome =
          new Publication(writer, threads, metrics)
              .publish(List.of(shard(5, 3000, 300), shard(6, 1, 10)));

      assertThat(outcome.troubles()).containsOnlyKeys(PartName.tokens(5));
      assertThat(outcome.sequences()).containsOnlyKeys(PartName.tokens(6));
    }
    assertThat(server.client().secrets().inNamespace(namespace).list().getItems())
        .extracting(one -> one.getMetadata().getName())
        .containsExactly("keyfront-tokens-06");
  }

  /** Scopes of random letters, which no compression makes small. */
  private static Part shard(int shard, int tokens, int scopeLength) {
    Random random = new Random(shard);
    Map<TokenHash, TokenPolicy> policies = new HashMap<>();
    for (int i = 0; policies.size() < tokens; i++) {
      String account = "account-" + i;
      if (Parts.shardOf(account) == shard) {
        policies.put(TokenHash.of("kf_fake_" + i), policy(account, random, scopeLength));
      }
    }
    return new Part.Tokens(shard, policies);
  }

  private static TokenPolicy policy(String account, Random random, int length) {
    List<String> scopes =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    "openai:"
                        + random
                            .ints(length, 'a', 'z' + 1)
                            .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append))
            .toList();
    return new TokenPolicy(
        new Identity(
            account,
            "team",
            "name",
            TokenFormat.OPAQUE,
            Scope.of(scopes),
            Optional.empty(),
            CidrSet.of(List.of()),
            Limits.NONE,
            Optional.empty()),
        false);
  }
}
