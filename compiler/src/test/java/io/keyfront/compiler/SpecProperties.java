package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Origin;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.secret.SecretText;
import io.keyfront.crds.LabelSelector;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.ModelAliasSpec;
import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.SecretRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A spec that a program made is in use or refused with a finding, whatever its fields hold. */
class SpecProperties {
  private static final SecretRef KEY = new SecretRef("keys", "key");
  private static final Resource KEYS =
      new Resource.Secret(
          Metadata.of("default", "keys"),
          Map.of("key", SecretText.of("sk-fake-0123456789-0123456789-0123456789")),
          Set.of(),
          Origin.NONE);

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void tokenIsInUseOrRefused(
      @ForAll("texts") String scope,
      @ForAll("texts") String end,
      @ForAll("texts") String cidr,
      @ForAll("texts") String note) {
    var spec =
        new MachineTokenSpec(
            "Opaque",
            null,
            null,
            new MachineTokenSpec.TokenFrom(KEY),
            List.of(scope),
            null,
            end,
            null,
            List.of(cidr),
            false,
            note,
            null,
            null);

    Compilation compilation =
        compile(new Resource.Token(Metadata.of("default", "one"), spec, Origin.NONE));

    assertThat(compilation.snapshot().tokens()).hasSize(compilation.hasErrors() ? 0 : 1);
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void credentialIsInUseOrRefused(
      @ForAll("texts") String provider,
      @ForAll("texts") String endpoint,
      @ForAll("texts") String protocol,
      @ForAll("texts") String model,
      @ForAll("texts") String label) {
    var spec =
        new ProviderCredentialSpec(
            provider,
            endpoint,
            protocol,
            new ProviderCredentialSpec.Auth(new ProviderCredentialSpec.ApiKey(KEY)),
            0,
            1,
            List.of(model),
            new LabelSelector(Map.of(label, label), List.of()),
            null,
            null,
            null,
            false);

    Compilation compilation =
        compile(new Resource.Credential(Metadata.of("default", "one"), spec, Origin.NONE));

    assertThat(compilation.snapshot().credentials()).hasSize(compilation.hasErrors() ? 0 : 1);
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void aliasIsInUseOrRefused(
      @ForAll("texts") String model,
      @ForAll("texts") String provider,
      @ForAll("texts") String target,
      @ForAll("texts") String targetModel) {
    var spec =
        new ModelAliasSpec(
            new ModelAliasSpec.Match(model, provider),
            List.of(new ModelAliasSpec.Target(target, targetModel, 1, 0)));

    Compilation compilation =
        compile(new Resource.Alias(Metadata.of("default", "one"), spec, Origin.NONE));

    assertThat(compilation.snapshot().aliases()).hasSize(compilation.hasErrors() ? 0 : 1);
  }

  private static Compilation compile(Resource resource) {
    Compilation compilation =
        Compiler.compile(Inputs.of(List.of(resource, KEYS), Rules.STANDALONE));
    assertThat(compilation.findings())
        .extracting(Finding::text)
        .allSatisfy(text -> assertThat(text).doesNotContain("sk-fake"));
    return compilation;
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "*",
            "mock",
            "openai",
            "openai:gpt-*",
            "anthropic",
            "llama",
            "openai-chat",
            "gemini",
            "http://localhost:1/v1",
            "https://models.example.com",
            "https://[::1]",
            "10.0.0.0/8",
            "::1",
            "2099-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "a:b:c",
            "\u3000:\u00a0",
            "x:\u200b",
            "gpt-5"),
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.strings().withChars("ab:*?/.-@[]%0129 ").ofMaxLength(12));
  }
}
