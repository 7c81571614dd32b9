package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.SignedCaller;
import io.keyfront.core.session.SignedTokens;
import io.keyfront.core.session.SignedVerdict;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.crds.testing.ServiceAccountTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that a real API server signs are verified with the keys that it publishes. */
final class ServiceAccountTokenTest {
  private final RealApiServer server = RealApiServer.get();
  private final ServiceAccountTokens tokens = new ServiceAccountTokens(server);
  private ServiceAccount account;

  @BeforeEach
  void account() {
    account = tokens.account(server.freshNamespace(), "agent");
  }

  @Test
  void tokenForOurAudienceSpeaksForItsAccount() {
    var verdict = SignedTokens.verify(token("keyfront"), authorities(), Instant.now());

    assertThat(verdict)
        .isInstanceOfSatisfying(
            SignedVerdict.Genuine.class,
            genuine ->
                assertThat(genuine.caller())
                    .isInstanceOfSatisfying(
                        SignedCaller.OfServiceAccount.class,
                        caller -> {
                          assertThat(caller.namespace())
                              .isEqualTo(account.getMetadata().getNamespace());
                          assertThat(caller.name()).isEqualTo("agent");
                          assertThat(caller.uid()).isEqualTo(account.getMetadata().getUid());
                        }));
  }

  @Test
  void tokenThatItsKeySignedForTwentySecondsIsGoodUntilThenAndTheSkew() {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Instant end = now.plusSeconds(20);
    String token = tokens.signed(account, now, end);

    assertThat(SignedTokens.verify(token, authorities(), end.plusSeconds(29)))
        .isInstanceOf(SignedVerdict.Genuine.class);
    assertThat(SignedTokens.verify(token, authorities(), end.plusSeconds(30)))
        .isEqualTo(new SignedVerdict.Expired(end));
  }

  @Test
  void tokenForAnotherAudienceIsNotForUs() {
    assertThat(SignedTokens.verify(token("vault"), authorities(), Instant.now()))
        .isEqualTo(new SignedVerdict.NotForUs("keyfront"));
  }

  @Test
  void tokenPastItsEndIsExpired() {
    Instant later = Instant.now().plus(Duration.ofHours(2));

    assertThat(SignedTokens.verify(token("keyfront"), authorities(), later))
        .isInstanceOf(SignedVerdict.Expired.class);
  }

  private String token(String audience) {
    return tokens.requested(account, audience, Optional.empty());
  }

  private Authorities authorities() {
    return tokens.authorities();
  }
}
