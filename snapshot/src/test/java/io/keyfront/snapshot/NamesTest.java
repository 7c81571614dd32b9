package io.keyfront.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @Test
  void partsAreNamedSoThatASecretCanCarryThem() {
    PartName credential = PartName.credential(new CredentialId("team-a", "x".repeat(253)));

    assertThat(credential.toString()).matches("credential-[0-9a-f]{16}");
    assertThat(PartName.tokens(7)).hasToString("tokens-07");
    assertThat(SnapshotSecrets.secretName(PartName.BASE)).isEqualTo("keyfront-base");
    assertThat(SnapshotSecrets.partOf("keyfront-tokens-63")).contains(PartName.tokens(63));
    assertThat(SnapshotSecrets.partOf(SnapshotSecrets.secretName(credential))).contains(credential);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Base",
        "base ",
        "tokens-64",
        "tokens-7",
        "tokens-007",
        "credential-0123",
        "credential-0123456789ABCDEF",
        "../base",
        "base/part"
      })
  void anythingElseIsNoPart(String text) {
    assertThat(PartName.find(text)).isEmpty();
    assertThatThrownBy(() -> PartName.of(text)).isInstanceOf(IllegalArgumentException.class);
    assertThat(SnapshotSecrets.partOf("keyfront-" + text)).isEmpty();
  }

  @Test
  void bothHashesOfARotatedTokenLieInOneShard() {
    var entries =
        Map.of(
            TokenHash.of("kf_old"), Samples.policy(Samples.ACCOUNT, false),
            TokenHash.of("kf_new"), Samples.policy(Samples.ACCOUNT, false),
            TokenHash.of("kf_other"), Samples.policy("another", false));

    Part.Tokens shard = Parts.shard(Parts.shardOf(Samples.ACCOUNT), entries.entrySet());

    assertThat(shard.policies()).containsOnlyKeys(TokenHash.of("kf_old"), TokenHash.of("kf_new"));
  }

  @Test
  void accountsStayInTheirShardForEver() {
    assertThat(Parts.shardOf("a")).isEqualTo(10);
    assertThat(Parts.shardOf("")).isEqualTo(35);
  }

  @Test
  void sequenceRisesAlsoWhenTheClockGoesBack() {
    Instant now = Instant.ofEpochMilli(1_000);

    assertThat(SnapshotSecrets.nextSequence(0, now)).isEqualTo(1_000);
    assertThat(SnapshotSecrets.nextSequence(5_000, now)).isEqualTo(5_001);
  }

  @Test
  void whatAProxySaysOfItselfIsReadAsItWasWritten() {
    ProxyEcho echo =
        new ProxyEcho(
            new LoadedParts(Map.of(PartName.BASE, 12L, PartName.tokens(3), 1_700_000_000_000L)),
            Map.of(PartName.tokens(4), "Part tokens-04 is \"bad\"."));

    assertThat(ProxyEcho.of(echo.annotations())).isEqualTo(echo);
    assertThat(echo.annotations().get(SnapshotSecrets.LOADED))
        .isEqualTo("{\"base\":12,\"tokens-03\":1700000000000}");
    assertThat(echo.loaded().covers(PartName.BASE, 12)).isTrue();
    assertThat(echo.loaded().covers(PartName.BASE, 13)).isFalse();
    assertThat(echo.loaded().covers(PartName.tokens(9), 0)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"base\":\"x\"}", "{\"base\":1}x", "null", "1"})
  void annotationThatIsMalformedSaysNothing(String text) {
    assertThat(LoadedParts.parse(text)).isEmpty();
    assertThat(ProxyEcho.of(Map.of(SnapshotSecrets.LOADED, text)).loaded())
        .isEqualTo(LoadedParts.NONE);
  }

  @Test
  void partThatOnlyANewerProxyKnowsIsPassedOver() {
    assertThat(LoadedParts.parse("{\"base\":1,\"tools-1\":2}"))
        .contains(new LoadedParts(Map.of(PartName.BASE, 1L)));
  }
}
