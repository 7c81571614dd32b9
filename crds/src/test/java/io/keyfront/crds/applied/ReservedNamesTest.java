package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.testing.RealApiServer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule of the schema lists what the compiler refuses. */
class ReservedNamesTest {
  @ParameterizedTest
  @MethodSource("reserved")
  void providerIsNotNamedLikeAPathOfTheProxy(String name) {
    String yaml =
        """
        apiVersion: keyfront.io/v1alpha1
        kind: ProviderCredential
        metadata: {name: broken}
        spec:
          provider: %s
          protocol: openai-chat
          endpoint: https://models.example.com/v1
          auth: {apiKey: {secretRef: {name: a, key: b}}}
        """
            .formatted(name);

    assertThat(Applied.refusal(RealApiServer.get().withCrds(), "default", Applied.tree(yaml)))
        .hasValueSatisfying(why -> assertThat(why).contains("is a path of the proxy itself"));
  }

  static Stream<String> reserved() {
    return ProviderCredentialSpec.RESERVED.stream().sorted();
  }
}
