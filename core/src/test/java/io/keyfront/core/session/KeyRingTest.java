package io.keyfront.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.keyfront.core.secret.SecretText;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.5Z");
  private static final SigningKey OLD = SigningKey.make(SigningKey.Kind.ED25519, NOW);
  private static final SigningKey NEW = SigningKey.make(SigningKey.Kind.ES256, NOW.plusSeconds(60));

  @ParameterizedTest
  @EnumSource(SigningKey.Kind.class)
  void kidIsTheThumbprintOfTheKey(SigningKey.Kind kind) throws ParseException, JOSEException {
    SigningKey key = SigningKey.make(kind, NOW);

    JWK read = JWK.parse(key.jwk().reveal());

    assertThat(key.kid()).isEqualTo(read.computeThumbprint().toString()).hasSize(43);
    assertThat(key.madeAt()).isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
  }

  @Test
  void ringThatWasKeptIsAsItWas() {
    KeyRing ring = KeyRing.of(OLD).with(NEW);

    KeyRing read = KeyRing.parse(ring.jwks());

    assertThat(read.kids()).containsExactlyInAnyOrder(OLD.kid(), NEW.kid());
    assertThat(read.newest().kid()).isEqualTo(NEW.kid());
    assertThat(read.newest().madeAt()).isEqualTo(NEW.madeAt());
    assertThat(read.jwks().reveal()).isEqualTo(ring.jwks().reveal());
    assertThat(verdict(read.newest(), ring)).isInstanceOf(SignedVerdict.Genuine.class);
  }

  @Test
  void publishedKeysHoldNoPrivateHalfAndTheRingSaysNone() {
    KeyRing ring = KeyRing.of(OLD).with(NEW);

    assertThat(ring.publicKeys().json()).contains(OLD.kid(), NEW.kid()).doesNotContain("\"d\"");
    assertThat(ring.toString()).contains(OLD.kid()).doesNotContain("{");
  }

  @Test
  void newestStaysWhateverIsTakenOut() {
    KeyRing ring = KeyRing.of(OLD).with(NEW);

    assertThat(ring.without(Set.of(OLD.kid(), NEW.kid())).kids()).containsExactly(NEW.kid());
    assertThat(ring.without(Set.of(NEW.kid())).kids()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"hidden\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"d\":\"hidden\"}]}"
      })
  void garbageIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> KeyRing.parse(SecretText.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hidden")
        .hasNoCause();
  }

  @Test
  void publicKeyAloneCannotSign() {
    SecretText published = SecretText.of(KeyRing.of(NEW).publicKeys().json());

    assertThatThrownBy(() -> KeyRing.parse(published)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halvesThatDoNotBelongTogetherAreNoKey() throws ParseException {
    ECKey one = JWK.parse(NEW.jwk().reveal()).toECKey();
    ECKey other = JWK.parse(SigningKey.make(SigningKey.Kind.ES256, NOW).jwk().reveal()).toECKey();
    ECKey mixed =
        new ECKey.Builder(one.getCurve(), one.getX(), one.getY())
            .d(other.getD())
            .keyID("mixed")
            .build();

    assertThatThrownBy(
            () -> KeyRing.parse(SecretText.of(new JWKSet(List.of(mixed)).toString(false))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ringHasABound() {
    KeyRing ring = KeyRing.of(OLD);
    for (int i = 1; i < KeyRing.KEYS_MAX; i++) {
      ring = ring.with(SigningKey.make(SigningKey.Kind.ES256, NOW.plusSeconds(i)));
    }
    KeyRing full = ring;

    assertThat(full.isFull()).isTrue();
    assertThat(KeyRing.parse(full.jwks()).kids()).hasSize(KeyRing.KEYS_MAX);
    assertThat(full.publicKeys().json().length()).isLessThan(PublicKeys.TEXT_MAX);
    assertThatThrownBy(() -> full.with(NEW)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void claimsOfAMintedTokenAreReadAndThoseOfOtherTextsAreNot() {
    Instant end = Instant.parse("2026-11-23T00:00:00Z");
    String token = NEW.mint("team", "ci", "uid", "keyfront", NOW, end).reveal();

    assertThat(MintedClaims.read(token)).contains(new MintedClaims(NEW.kid(), end));
    assertThat(MintedClaims.read("kf_fake")).isEmpty();
    assertThat(MintedClaims.read("eyfake")).isEmpty();
    assertThat(MintedClaims.read("eyJhbGciOiJFUzI1NiJ9.e30.AAAA")).isEmpty();
  }

  private static SignedVerdict verdict(SigningKey key, KeyRing ring) {
    String token = key.mint("team", "ci", "uid", "keyfront", NOW, NOW.plusSeconds(60)).reveal();
    var authorities =
        new Authorities(Optional.of(TokenAuthority.keyfront(ring.publicKeys())), Optional.empty());
    return SignedTokens.verify(token, authorities, NOW);
  }
}
