package io.keyfront.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.token.TokenHash;
import io.keyfront.testkit.GoldenFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartCodecTest {
  private static final GoldenFolder GOLDEN = GoldenFolder.ofTestResources("io/keyfront/snapshot");

  static Stream<Part> samples() {
    return Stream.of(Samples.base(), Samples.credential(), Samples.tokens(true));
  }

  @AfterAll
  static void everyFileIsUsed() {
    GOLDEN.assertAllUsed();
  }

  /** The format changes only together with these files, so that nobody changes it unknowingly. */
  @ParameterizedTest
  @MethodSource("samples")
  void formatIsTheOneThatRunningProxiesRead(Part part) throws Exception {
    String json = json(part);

    GOLDEN.assertMatches(part.name() + ".json", json + "\n");
    assertThat(PartCodec.decode(part.name(), bytes(json))).isEqualTo(part);
  }

  @Test
  void unknownFieldIsRefusedAsItMayBeARestriction() {
    String json = json(Samples.tokens()).replace("\"revoked\"", "\"x\"");
    String more = json.replace("\"account\":", "\"onlyOnSundays\":true,\"account\":");

    assertThatThrownBy(() -> PartCodec.decode(Samples.tokens().name(), bytes(more)))
        .isInstanceOf(PartRefused.class)
        .hasMessageContaining("/tokens/0/onlyOnSundays")
        .hasMessageContaining("another version");
  }

  @Test
  void newerFormatIsRefusedWithAWordAboutVersions() {
    String json = json(Samples.base()).replace("\"format\":1", "\"format\":2");

    assertThatThrownBy(() -> PartCodec.decode(PartName.BASE, bytes(json)))
        .isInstanceOf(PartRefused.class)
        .hasMessageContaining("another version");
  }

  @Test
  void partUnderAnothersNameIsRefused() {
    Part tokens = Samples.tokens();
    PartName other = PartName.tokens((((Part.Tokens) tokens).shard() + 1) % Parts.SHARDS);
    String renamed = json(tokens).replace(tokens.name().toString(), other.toString());

    assertThatThrownBy(() -> PartCodec.decode(other, PartCodec.encode(tokens)))
        .isInstanceOf(PartRefused.class)
        .hasMessageContaining("another part");
    assertThatThrownBy(() -> PartCodec.decode(other, bytes(renamed)))
        .isInstanceOf(PartRefused.class);
  }

  @Test
  void credentialUnderTheNameOfAnotherIsRefused() {
    String json = json(Samples.credential()).replace("\"team-a\",\"name\"", "\"team-b\",\"name\"");

    assertThatThrownBy(() -> PartCodec.decode(Samples.credential().name(), bytes(json)))
        .isInstanceOf(PartRefused.class)
        .hasMessageContaining("belongs to another part");
  }

  @Test
  void whatIsWrongIsNamedByItsPlaceAndNeverQuoted() {
    String json = json(Samples.credential()).replace("\"weight\":3", "\"weight\":\"sk-fake-0002\"");

    assertThatThrownBy(() -> PartCodec.decode(Samples.credential().name(), bytes(json)))
        .isInstanceOf(PartRefused.class)
        .hasMessageContaining("/credential/weight is not a whole number")
        .hasMessageNotContaining("fake");
  }

  @Test
  void nothingTellsASecretWhenItIsPrinted() {
    samples()
        .forEach(
            part ->
                assertThat(part.toString())
                    .doesNotContain("sk-fake", "-secret", "hooks.example/fake"));
  }

  @Test
  void accountOfAnotherShardIsRefused() {
    int wrong = (Parts.shardOf(Samples.ACCOUNT) + 1) % Parts.SHARDS;
    Map<TokenHash, io.keyfront.core.snapshot.TokenPolicy> policies = Samples.tokens().policies();

    assertThatThrownBy(() -> new Part.Tokens(wrong, policies))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("team-a/ci");
  }

  private static String json(Part part) {
    try {
      return new String(PartCodecProperties.gunzip(PartCodec.encode(part)), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static byte[] bytes(String json) {
    try {
      return PartCodecProperties.gzip(json.strip().getBytes(StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
