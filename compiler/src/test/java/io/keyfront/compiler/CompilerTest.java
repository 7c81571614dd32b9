package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.scope.Target;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineTokenSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilerTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final TokenHash HASH = TokenHash.of("kf_fake");

  @Test
  void nothingCompilesToAnEmptySnapshotThatStillKnowsTheCatalog() {
    Compilation compilation = Compiler.compile(Inputs.of(List.of(), Rules.STANDALONE));

    assertThat(compilation.findings()).isEmpty();
    assertThat(compilation.snapshot().tokens()).isEmpty();
    assertThat(compilation.snapshot().provider("anthropic")).isPresent();
    assertThat(compilation.snapshot().digest()).hasSize(64);
  }

  @Test
  void tokenMadeByAProgramIsCompiledLikeOneOfAFile() {
    Resource.Token token = token("demo", List.of("mock:*"));
    var inputs =
        Inputs.of(List.of(token), Rules.STANDALONE).withMinted(Map.of(token.uid(), List.of(HASH)));

    Compilation compilation = Compiler.compile(inputs);

    assertThat(compilation.findings()).isEmpty();
    TokenPolicy policy = compilation.snapshot().token(HASH).orElseThrow();
    assertThat(policy.identity().account()).isEqualTo(token.uid());
    assertThat(policy.identity().scope().allows(new Target("mock", "any"))).isTrue();
    assertThat(compilation.tokens()).singleElement().matches(plan -> !plan.needsMinting());
  }

  @Test
  void tokensCompiledByThemselvesAreThoseOfTheWhole() {
    Resource.Token token = token("ci", List.of("nobody:*"));
    var inputs =
        Inputs.of(List.of(token), Rules.CLUSTER).withMinted(Map.of(token.uid(), List.of(HASH)));
    Compilation whole = Compiler.compile(inputs);

    CommonCompilation common = Compiler.common(inputs);
    TokenCompilation tokens = Compiler.tokens(inputs, common);

    assertThat(tokens.policies()).isEqualTo(whole.snapshot().tokens()).isNotEmpty();
    assertThat(tokens.findings()).isEqualTo(whole.findings()).isNotEmpty();
    assertThat(common.findings()).isEmpty();
    assertThat(common.providers()).isEqualTo(whole.snapshot().providers());
  }

  @Test
  void bothTokensOfARotationStandForOneAccount() {
    Resource.Token token = token("ci", List.of("mock"));
    TokenHash next = TokenHash.of("kf_fake_next");
    var inputs =
        Inputs.of(List.of(token), Rules.STANDALONE)
            .withMinted(Map.of(token.uid(), List.of(HASH, next)));

    var snapshot = Compiler.compile(inputs).snapshot();

    assertThat(snapshot.token(HASH)).isPresent().isEqualTo(snapshot.token(next));
  }

  @Test
  void revokedTokenStaysInTheSnapshotSoThatItsHolderIsToldSo() {
    Resource token =
        Yaml.resources(
                """
                apiVersion: keyfront.io/v1alpha1
                kind: MachineToken
                metadata: {name: ci}
                spec: {scopes: [mock], revoked: true}
                """)
            .getFirst();
    var inputs =
        Inputs.of(List.of(token), Rules.STANDALONE).withMinted(Map.of(token.uid(), List.of(HASH)));

    Compilation compilation = Compiler.compile(inputs);

    assertThat(compilation.snapshot().token(HASH)).map(TokenPolicy::revoked).contains(true);
  }

  @Test
  void creationTimeOfTheResourceGoesBeforeTheTimeItWasFirstSeen() {
    Resource token =
        Yaml.resources(
                """
                apiVersion: keyfront.io/v1alpha1
                kind: MachineToken
                metadata: {name: ci, creationTimestamp: 2026-01-01T00:00:00Z}
                spec: {scopes: [mock], ttl: 1h}
                """)
            .getFirst();
    var inputs =
        Inputs.of(List.of(token), Rules.STANDALONE)
            .withCreatedAt(Map.of(token.uid(), Instant.parse("2026-06-01T00:00:00Z")));

    Compilation compilation = Compiler.compile(inputs);

    assertThat(compilation.tokens().getFirst().expiresAt())
        .contains(Instant.parse("2026-01-01T01:00:00Z"));
  }

  @Test
  void wrongSpecMadeByAProgramIsRefusedWithoutAPlace() {
    Resource.Token wrong = token("ci", List.of("x:"));

    Compilation compilation = Compiler.compile(Inputs.of(List.of(wrong), Rules.STANDALONE));

    assertThat(compilation.tokens()).isEmpty();
    assertThat(compilation.findings())
        .extracting(Finding::text)
        .containsExactly(
            "MachineToken default/ci: spec.scopes[0]: 'x:' has no model; write x or x:*.");
    assertThat(compilation.hasErrors()).isTrue();
  }

  @Test
  void keyOfTheEnvironmentServesEveryNamespace() {
    var inputs =
        Inputs.of(List.of(), Rules.STANDALONE)
            .withEnvironmentKeys(Map.of("openai", SecretText.of("sk-fake\n")));

    var snapshot = Compiler.compile(inputs).snapshot();

    assertThat(snapshot.candidates("anywhere", new Target("openai", "gpt-5")))
        .singleElement()
        .satisfies(
            credential -> {
              assertThat(credential.id()).hasToString("default/env-openai");
              assertThat(credential.auth().toString()).doesNotContain("sk-fake");
            });
  }

  @Test
  void noSecretIsInAnyWordOfTheResult() {
    String secret = "sk-fake-never-to-be-seen";
    List<Resource> resources =
        Yaml.resources(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys}
            stringData: {key: %s}
            ---
            apiVersion: keyfront.io/v1alpha1
            kind: ProviderCredential
            metadata: {name: openai}
            spec: {provider: openai, auth: {apiKey: {secretRef: {name: keys, key: key}}}}
            ---
            apiVersion: keyfront.io/v1alpha1
            kind: MachineToken
            metadata: {name: short}
            spec: {scopes: [mock], tokenFrom: {secretRef: {name: keys, key: key}}}
            ---
            apiVersion: keyfront.io/v1alpha1
            kind: KeyfrontSettings
            metadata: {name: keyfront}
            spec: {jwt: {secretRef: {name: keys, key: key}}}
            """
                .formatted(secret));

    Compilation compilation = Compiler.compile(Inputs.of(resources, Rules.STANDALONE));

    assertThat(compilation.findings()).hasSize(2);
    assertThat(compilation.toString() + resources + compilation.snapshot().credentials())
        .doesNotContain(secret);
  }

  @Test
  void aHundredThousandTokensCompileInSecondsOfProcessorTime() {
    List<Resource> tokens =
        IntStream.range(0, 100_000)
            .<Resource>mapToObj(i -> token("t" + i, List.of("openai:gpt-*")))
            .toList();
    Map<String, List<TokenHash>> minted =
        tokens.stream()
            .collect(
                Collectors.toMap(
                    Resource::uid, token -> List.of(TokenHash.of(token.metadata().name()))));
    var inputs = Inputs.of(tokens, Rules.CLUSTER).withMinted(minted);

    long before = THREADS.getCurrentThreadCpuTime();
    Compilation compilation = Compiler.compile(inputs);
    Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);

    assertThat(taken).isLessThan(Duration.ofSeconds(20));
    assertThat(compilation.snapshot().tokens()).hasSize(100_000);
  }

  private static Resource.Token token(String name, List<String> scopes) {
    return new Resource.Token(
        Metadata.of("default", name), MachineTokenSpec.opaque(scopes), Origin.NONE);
  }

  @Test
  void plaintextOfARotatedTokenEndsByItselfAndTheTokenGoesOn() {
    Resource token =
        Yaml.resources(
                """
                apiVersion: keyfront.io/v1alpha1
                kind: MachineToken
                metadata: {name: ci, uid: uid-1, creationTimestamp: 2026-11-20T00:00:00Z}
                spec: {scopes: [mock], ttl: 24h, rotateBefore: 8h}
                """)
            .getFirst();
    TokenHash older = TokenHash.of("kf_fake-older");
    TokenHash newer = TokenHash.of("kf_fake-newer");
    Instant end = Instant.parse("2026-11-22T00:00:00Z");

    Compilation compilation =
        Compiler.compile(
            Inputs.of(List.of(token), Rules.CLUSTER)
                .withMinted(Map.of("uid-1", List.of(newer, older)))
                .withPlaintextEnds(Map.of(older, end)));

    assertThat(compilation.snapshot().token(older).orElseThrow().identity().expiresAt())
        .hasValue(end);
    assertThat(compilation.snapshot().token(newer).orElseThrow().identity().expiresAt()).isEmpty();
    TokenPlan plan = compilation.tokens().getFirst();
    assertThat(plan.expiresAt()).isEmpty();
    Rotation rotation = plan.rotation().orElseThrow();
    assertThat(rotation.nextAfter(end)).isEqualTo(Instant.parse("2026-11-22T16:00:00Z"));
    assertThat(rotation.endOf(end)).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"12h, false", "13h, true", "23h, true"})
  void overlapOfMoreThanHalfIsSaidToWait(String before, boolean said) {
    Resource token =
        Yaml.resources(
                """
                apiVersion: keyfront.io/v1alpha1
                kind: MachineToken
                metadata: {name: ci, uid: uid-1, creationTimestamp: 2026-11-20T00:00:00Z}
                spec: {scopes: [mock], ttl: 24h, rotateBefore: %s}
                """
                    .formatted(before))
            .getFirst();

    Compilation compilation = Compiler.compile(Inputs.of(List.of(token), Rules.CLUSTER));

    assertThat(compilation.tokens()).hasSize(1);
    assertThat(compilation.findings())
        .extracting(Finding::problem)
        .filteredOn(problem -> problem.contains("waits for the end of the one before the last"))
        .hasSize(said ? 1 : 0);
  }
}
