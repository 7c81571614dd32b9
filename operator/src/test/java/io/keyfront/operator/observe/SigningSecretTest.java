package io.keyfront.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.keyfront.core.session.KeyRing;
import io.keyfront.core.session.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SigningSecretTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final KeyRing ONE = KeyRing.of(SigningKey.make(SigningKey.Kind.ES256, NOW));
  private static final KeyRing TWO =
      ONE.with(SigningKey.make(SigningKey.Kind.ES256, NOW.plusSeconds(1)));
  private static final String KEY = "keyfront-system/" + SigningSecret.NAME;

  private final AtomicInteger changes = new AtomicInteger();
  private final SigningSecret secret = new SigningSecret(changes::incrementAndGet);

  @Test
  void whatWasWrittenIsKnownAtOnceAndTheWatchThatComesLateChangesNothing() {
    secret.put(KEY, secret("uid", "7", ONE.jwks().reveal()));
    secret.take(secret("uid", "9", TWO.jwks().reveal()));

    secret.put(KEY, secret("uid", "8", ONE.jwks().reveal()));
    secret.put(KEY, secret("uid", "9", TWO.jwks().reveal()));

    assertThat(secret.ring().orElseThrow().kids()).isEqualTo(TWO.kids());
    assertThat(changes).hasValue(2);
  }

  @Test
  void deletionThatComesLateLeavesTheOneThatWasMadeSince() {
    secret.put(KEY, secret("old", "7", ONE.jwks().reveal()));
    secret.take(secret("new", "9", TWO.jwks().reveal()));

    secret.remove(KEY);

    assertThat(secret.ring().orElseThrow().kids()).isEqualTo(TWO.kids());
  }

  @Test
  void deletionLeavesNoKey() {
    secret.put(KEY, secret("uid", "7", ONE.jwks().reveal()));

    secret.remove(KEY);

    assertThat(secret.seen()).isEmpty();
    assertThat(changes).hasValue(2);
  }

  @Test
  void garbageIsThereButHoldsNoKey() {
    secret.put(KEY, secret("uid", "7", "no JSON"));
    assertThat(secret.seen()).isPresent();
    assertThat(secret.ring()).isEmpty();

    Secret empty = new SecretBuilder(secret("uid", "8", "")).withData(null).build();
    secret.put(KEY, empty);

    assertThat(secret.seen().orElseThrow().version()).isEqualTo("8");
    assertThat(secret.ring()).isEmpty();
  }

  @Test
  void nothingOfTheKeysIsKeptForTheInformer() {
    secret.put(KEY, secret("uid", "7", ONE.jwks().reveal()));

    assertThat(secret.values())
        .singleElement()
        .matches(stub -> stub.getData() == null || stub.getData().isEmpty());
  }

  private static Secret secret(String uid, String version, String text) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("keyfront-system")
        .withName(SigningSecret.NAME)
        .withUid(uid)
        .withResourceVersion(version)
        .endMetadata()
        .addToData(
            SigningSecret.DATA_KEY,
            Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
        .build();
  }
}
