package io.keyfront.dataplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.SignedCaller;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.crds.testing.ServiceAccountTokens;
import io.keyfront.dataplane.authenticate.Vouching.Question;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real API server says of tokens. */
class TokenReviewerTest {
  private final RealApiServer server = RealApiServer.get();
  private final ServiceAccountTokens tokens = new ServiceAccountTokens(server);
  private final TokenReviewer reviewer = new TokenReviewer(server.client());
  private ServiceAccount account;
  private String token;

  @BeforeEach
  void makeToken() {
    account = tokens.account(server.freshNamespace(), "runner");
    token = tokens.requested(account, "keyfront", Optional.empty());
  }

  @Test
  void itVouchesForAnAccountThatIsThere() throws IOException {
    assertThat(reviewer.vouchesFor(question("runner", "keyfront"))).isTrue();
  }

  @Test
  void tokenForAnotherAudienceOrOfAnotherAccountIsNotVouchedFor() throws IOException {
    assertThat(reviewer.vouchesFor(question("runner", "vault"))).isFalse();
    assertThat(reviewer.vouchesFor(question("other", "keyfront"))).isFalse();
  }

  @Test
  void textThatIsNoTokenIsNotVouchedFor() throws IOException {
    token = "not.a.token";

    assertThat(reviewer.vouchesFor(question("runner", "keyfront"))).isFalse();
  }

  @Test
  void withoutTheRightThereIsNoAnswer() {
    Config stranger = Config.fromKubeconfig(server.kubeconfig());
    stranger.setImpersonateUsername("system:serviceaccount:keyfront:stranger");
    try (KubernetesClient client = RealApiServer.clientOf(stranger)) {
      assertThatThrownBy(() -> new TokenReviewer(client).vouchesFor(question("runner", "keyfront")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("tokenreviews.authentication.k8s.io is forbidden")
          .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(token));
    }
  }

  @Test
  void serverThatIsNotThereGivesNoAnswer() {
    Config nowhere = Config.fromKubeconfig(server.kubeconfig());
    nowhere.setMasterUrl("https://127.0.0.1:1/");
    nowhere.setRequestRetryBackoffLimit(0);
    try (KubernetesClient client = RealApiServer.clientOf(nowhere)) {
      assertThatThrownBy(() -> new TokenReviewer(client).vouchesFor(question("runner", "keyfront")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot be reached")
          .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(token));
    }
  }

  private Question question(String name, String audience) {
    return new Question(
        SecretText.of(token),
        TokenHash.of(token),
        new SignedCaller.OfServiceAccount(
            account.getMetadata().getNamespace(),
            name,
            account.getMetadata().getUid(),
            Optional.empty(),
            Instant.MAX),
        Set.of(audience));
  }
}
