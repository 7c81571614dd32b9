package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.compiler.resource.ResourceUid;
import io.keyfront.core.token.TokenHash;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
  private static final String YAML =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: keys}
      stringData: {a: sk-fake-a, signing: fake-signing-secret-of-more-than-32-bytes}
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: ProviderCredential
      metadata: {name: one}
      spec:
        provider: groq
        auth: {apiKey: {secretRef: {name: keys, key: a}}}
        weight: 2
        models: ["llama-*"]
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: ModelAlias
      metadata: {name: fast}
      spec: {match: {model: fast}, targets: [{provider: groq, model: llama-4, weight: 7}]}
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: MachineToken
      metadata: {name: ci}
      spec: {scopes: [groq], cidrs: [10.0.0.0/8], expiresAt: 2099-01-01T00:00:00Z, revoked: false}
      ---
      apiVersion: keyfront.io/v1alpha1
      kind: KeyfrontSettings
      metadata: {name: keyfront}
      spec:
        trustedHops: 1
        jwt: {audiences: [agents], secretRef: {name: keys, key: signing}}
        prices: [{provider: groq, model: llama-9, input: 0.5, output: 2, maxOutput: 4096, longContext: [{aboveInputTokens: 9, input: 1, output: 3}], serviceTiers: [{tier: flex, input: 1, output: 1}]}]
        webhooks: [{name: ops, url: "https://a.example.com", secretRef: {name: keys, key: signing}, events: ["token.*"], thresholds: [7]}]
      """;

  @ParameterizedTest
  @CsvSource({
    "sk-fake-a, sk-fake-b",
    "more-than-32-bytes, more-than-33-bytes",
    "weight: 2, weight: 3",
    "llama-*, llama-?",
    "model: llama-4, model: llama-5",
    "weight: 7, weight: 8",
    "'[groq]', '[groq, mock]'",
    "10.0.0.0/8, 10.0.0.0/9",
    "2099-01-01, 2099-01-02",
    "revoked: false, revoked: true",
    "trustedHops: 1, trustedHops: 2",
    "'[agents]', '[others]'",
    "name: fast, name: faster",
    "model: llama-9, model: llama-8",
    "input: 0.5, input: 0.6",
    "maxOutput: 4096, maxOutput: 4097",
    "maxOutput: 4096, perRequest: 1",
    "maxOutput: 4096, fallback: true",
    "maxOutput: 4096, imageInput: 1",
    "aboveInputTokens: 9, aboveInputTokens: 8",
    "output: 3, output: 4",
    "tier: flex, tier: batch",
    "name: ops, name: dev",
    "a.example.com, b.example.com",
    "'[\"token.*\"]', '[\"token.minted\"]'",
    "thresholds: [7], thresholds: [8]",
    "thresholds: [7], bodySignature: true",
  })
  void everyMeaningChangesTheDigest(String from, String to) {
    assertThat(YAML).contains(from);

    assertThat(digest(YAML.replace(from, to))).isNotEqualTo(digest(YAML));
  }

  @Test
  void commentAndPlaceDoNotChangeTheDigest() {
    String same = "# a comment\n\n" + YAML.replace("metadata: {name: ci}", "metadata:\n  name: ci");

    assertThat(digest(same)).isEqualTo(digest(YAML));
  }

  private static String digest(String yaml) {
    String uid = ResourceUid.of(Kind.MACHINE_TOKEN, "default", "ci");
    var inputs =
        Inputs.of(Yaml.resources(yaml), Rules.STANDALONE)
            .withMinted(Map.of(uid, List.of(TokenHash.of("kf_fake"))));
    return Compiler.compile(inputs).snapshot().digest();
  }
}
