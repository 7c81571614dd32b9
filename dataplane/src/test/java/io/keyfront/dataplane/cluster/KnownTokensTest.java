package io.keyfront.dataplane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.Part;
import org.junit.jupiter.api.Test;

/** Whose marks must stay is known only while every part of the configuration is whole. */
class KnownTokensTest {
  private static final Part.Tokens ONE = PublishedParts.token("kf_fake_one", false);

  @Test
  void accountsOfAllTokensAreKnownWhileEveryPartIsWhole() {
    Assembly all = Assembly.EMPTY.with(PublishedParts.base(), 1).with(ONE, 2);

    assertThat(Cluster.tokens(all).orElseThrow()).containsExactly("uid-of-kf_fake_one");
    assertThat(Cluster.tokens(all.without(ONE.name())).orElseThrow()).isEmpty();
  }

  @Test
  void nothingIsKnownWithoutABaseOrWithAPartThatWasRefused() {
    Assembly all = Assembly.EMPTY.with(PublishedParts.base(), 1).with(ONE, 2);

    assertThat(Cluster.tokens(Assembly.EMPTY)).isEmpty();
    assertThat(Cluster.tokens(Assembly.EMPTY.with(ONE, 2))).isEmpty();
    assertThat(Cluster.tokens(all.refused(ONE.name(), 3, "garbled"))).isEmpty();
    assertThat(Cluster.tokens(all.refused(ONE.name(), 3, "garbled").with(ONE, 4))).isPresent();
  }
}
