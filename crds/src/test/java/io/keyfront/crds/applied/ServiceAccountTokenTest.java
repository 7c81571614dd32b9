package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.PublicKeys;
import io.keyfront.core.session.SignedCaller;
import io.keyfront.core.session.SignedTokens;
import io.keyfront.core.session.SignedVerdict;
import io.keyfront.core.session.TokenAuthority;
import io.keyfront.crds.testing.RealApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that a real API server signs are verified with the keys that it publishes. */
final class ServiceAccountTokenTest {
  private final RealApiServer server = RealApiServer.get();
  private ServiceAccount account;

  @BeforeEach
  void account() {
    account =
        server
            .client()
            .resource(
                new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName("agent")
                    .withNamespace(server.freshNamespace())
                    .endMetadata()
                    .build())
            .create();
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
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences(audience)
            .withExpirationSeconds(600L)
            .endSpec()
            .build();
    return server
        .client()
        .serviceAccounts()
        .inNamespace(account.getMetadata().getNamespace())
        .withName("agent")
        .tokenRequest(request)
        .getStatus()
        .getToken();
  }

  private Authorities authorities() {
    String issuer =
        Applied.tree(server.client().raw("/.well-known/openid-configuration"))
            .path("issuer")
            .asText();
    PublicKeys keys = PublicKeys.parse(server.client().raw("/openid/v1/jwks"));
    return new Authorities(
        Optional.empty(), Optional.of(new TokenAuthority(issuer, Set.of("keyfront"), keys)));
  }
}
