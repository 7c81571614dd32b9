package io.keyfront.operator;

import static io.keyfront.operator.testing.Cluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.operator.testing.Cluster;
import io.keyfront.operator.testing.FakeProxy;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenLifeTest {
  private final Cluster cluster = new Cluster();

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void tokenIsMintedPublishedAndReadyOnceEveryLiveProxyRunsIt() {
    FakeProxy one = cluster.proxy("one");
    FakeProxy two = cluster.proxy("two");
    cluster.operator();

    cluster.apply(MachineToken.class, "ci", "format: Opaque\nscopes: [mock]\nsecretName: ci-token");

    await().untilAsserted(() -> assertThat(cluster.ready("ci")).isEqualTo("True Valid"));
    Map<String, String> data = cluster.data("ci-token");
    String token = data.getOrDefault("KEYFRONT_TOKEN", "");
    assertThat(token).startsWith("kf_").hasSize(46);
    assertThat(data)
        .containsEntry("ANTHROPIC_BASE_URL", Cluster.SERVICE + "/anthropic")
        .containsEntry("ANTHROPIC_API_KEY", token)
        .containsEntry("OPENAI_BASE_URL", Cluster.SERVICE + "/openai/v1")
        .containsEntry("OPENAI_API_KEY", token)
        .containsEntry("GOOGLE_GEMINI_BASE_URL", Cluster.SERVICE + "/gemini")
        .containsEntry("GEMINI_API_KEY", token)
        .containsEntry("KEYFRONT_URL", Cluster.SERVICE)
        .containsEntry("RELAY_LLM_PROXY_TOKEN", token);
    TokenHash hash = TokenHash.of(token);
    TokenPolicy policy = one.snapshot().token(hash).orElseThrow();
    assertThat(policy.identity().account()).isEqualTo(cluster.token("ci").getMetadata().getUid());
    assertThat(two.snapshot().token(hash)).isPresent();
    assertThat(cluster.status("ci").loadedBy()).isEqualTo("2/2");
    assertThat(cluster.status("ci").tokenHash()).isEqualTo(hash.prefix());
    assertThat(cluster.status("ci").secretName()).isEqualTo("ci-token");
  }
}
