package io.keyfront.operator.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.keyfront.compiler.CommonCompilation;
import io.keyfront.compiler.Compiler;
import io.keyfront.compiler.Inputs;
import io.keyfront.compiler.Rules;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.TokenEnvironment;
import io.keyfront.operator.observe.World;
import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.Parts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenBookTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final TokenEnvironment ENVIRONMENT = new TokenEnvironment("http://kf.example");

  private final World world = new World(ENVIRONMENT, new Quiet());
  private final ItemStore<MachineToken> store = world.tokens().section(Optional.empty());
  private final CommonCompilation common = Compiler.common(Inputs.of(List.of(), Rules.CLUSTER));
  private final TokenBook book = new TokenBook(world, Rules.CLUSTER);

  @Test
  void changedTokenTouchesItsShardOnlyAndAnUnchangedOneNone() {
    Set<ObjectName> all = tokens(200);
    assertThat(turn(all).touched()).hasSizeGreaterThan(40);

    put("t7", "openai");
    TokenBook.Turn changed = turn(Set.of(name("t7")));
    TokenBook.Turn again = turn(Set.of(name("t7")));

    assertThat(changed.touched()).containsExactly(Parts.shardOf("uid-t7"));
    assertThat(changed.planned()).containsOnlyKeys(name("t7"));
    assertThat(again.touched()).isEmpty();
  }

  @Test
  void tokenThatGoesLeavesItsShard() {
    turn(tokens(3));

    store.remove("team/t1");
    TokenBook.Turn gone = turn(Set.of(name("t1")));

    assertThat(gone.planned().get(name("t1"))).isEmpty();
    assertThat(gone.touched()).containsExactly(Parts.shardOf("uid-t1"));
    assertThat(book.part(Parts.shardOf("uid-t1")).policies()).doesNotContainKey(hash("t1"));
  }

  @Test
  void tokenWhoseHashIsUnknownIsInNoShard() {
    store.put("team/new", token("new", "mock"));

    TokenBook.Turn turn = turn(Set.of(name("new")));

    assertThat(turn.touched()).isEmpty();
    assertThat(turn.planned().getOrDefault(name("new"), Optional.empty()))
        .hasValueSatisfying(planned -> assertThat(planned.policy()).isEmpty());
  }

  @Test
  void lifeCountsFromTheApiServersClockAlsoWhereTheOperatorsIsBehindIt() {
    put("early", "mock");
    MachineToken early = requireNonNull(store.get("team/early"));
    early.getMetadata().setCreationTimestamp(NOW.plus(Duration.ofHours(1)).toString());
    early.setSpec(livingFor("1h"));

    Planned planned =
        requireNonNull(turn(Set.of(name("early"))).planned().get(name("early"))).orElseThrow();

    Instant end = NOW.plus(Duration.ofHours(2));
    assertThat(planned.expiresAt()).contains(end);
    assertThat(planned.policy().orElseThrow().identity().expiresAt()).contains(end);
  }

  private static MachineTokenSpec livingFor(String ttl) {
    return new MachineTokenSpec(
        MachineTokenSpec.OPAQUE,
        null,
        null,
        null,
        List.of("mock"),
        ttl,
        null,
        null,
        List.of(),
        false,
        null,
        null,
        null);
  }

  @Test
  void oneChangeAmongAHundredThousandIsCompiledAndEncodedInATenthOfASecond() {
    turn(tokens(100_000));
    put("t5", "openai");
    TokenBook.Turn warm = turn(Set.of(name("t5")));
    warm.touched().forEach(shard -> PartCodec.encode(book.part(shard)));

    put("t7", "openai");
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    TokenBook.Turn turn = turn(Set.of(name("t7")));
    int bytes = PartCodec.encode(book.part(turn.touched().iterator().next())).length;
    Duration took =
        Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);

    assertThat(turn.touched()).hasSize(1);
    assertThat(bytes).isLessThan(PartCodec.MAX_BYTES);
    assertThat(took).isLessThan(Duration.ofMillis(500));
    System.out.println("One change among 100,000: " + took.toMillis() + " ms, " + bytes + " bytes");
  }

  private TokenBook.Turn turn(Set<ObjectName> names) {
    return book.turn(names, common, NOW);
  }

  private Set<ObjectName> tokens(int count) {
    Set<ObjectName> names = new HashSet<>();
    for (int i = 0; i < count; i++) {
      put("t" + i, "mock");
      names.add(name("t" + i));
    }
    return names;
  }

  private void put(String name, String scope) {
    store.put("team/" + name, token(name, scope));
    var unused =
        world
            .minted()
            .take(
                new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace("team")
                    .withName(name)
                    .withUid("secret-" + name)
                    .withResourceVersion("1")
                    .addToAnnotations(MintedSecret.HASH, hash(name).hex())
                    .addToAnnotations(MintedSecret.MINTED_AT, NOW.toString())
                    .withOwnerReferences(
                        new OwnerReferenceBuilder()
                            .withApiVersion("keyfront.io/v1alpha1")
                            .withKind("MachineToken")
                            .withName(name)
                            .withUid("uid-" + name)
                            .build())
                    .endMetadata()
                    .withData(ENVIRONMENT.data(SecretText.of("kf_fake_" + name)))
                    .build());
  }

  private static MachineToken token(String name, String scope) {
    MachineToken token = new MachineToken();
    token.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team")
            .withName(name)
            .withUid("uid-" + name)
            .withGeneration(1L)
            .withCreationTimestamp(NOW.toString())
            .build());
    token.setSpec(MachineTokenSpec.opaque(List.of(scope)));
    return token;
  }

  private static TokenHash hash(String name) {
    return TokenHash.of("kf_fake_" + name);
  }

  private static ObjectName name(String name) {
    return new ObjectName("team", name);
  }

  private static final class Quiet implements World.Listener {
    @Override
    public void tokenChanged(ObjectName token, boolean isNew) {}

    @Override
    public void secretChanged(ObjectName secret) {}

    @Override
    public void secretGone(ObjectName secret) {}

    @Override
    public void mintedChanged(MintedSecret secret) {}

    @Override
    public void commonChanged() {}
  }
}
