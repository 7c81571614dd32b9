package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.read.ResourceReader;
import io.keyfront.compiler.resource.Resource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandaloneDefaultsTest {
  private static final String API = "apiVersion: keyfront.io/v1alpha1\n";

  private static List<Resource> read(String yaml) {
    var parsed = ResourceReader.read("own.yaml", yaml);
    assertThat(parsed.findings()).isEmpty();
    return parsed.resources();
  }

  private static List<String> defaults(List<Resource> own, Set<String> providers) {
    return StandaloneDefaults.beside(own, providers, false).stream()
        .map(resource -> resource.id().toString())
        .toList();
  }

  @Test
  void withoutAnyKeyEverythingGoesToTheMock() {
    assertThat(defaults(List.of(), Set.of()))
        .containsExactly("MachineToken default/demo", "ModelAlias default/offline");
  }

  @Test
  void withAKeyInTheEnvironmentTheDemoTokenReachesItsProvider() {
    List<Resource> defaults =
        StandaloneDefaults.beside(List.of(), Set.of("openai", "anthropic"), false);

    assertThat(defaults).hasSize(1);
    assertThat(((Resource.Token) defaults.getFirst()).spec().scopes())
        .containsExactly("mock:*", "anthropic:*", "openai:*");
  }

  @Test
  void revokedDemoTokenStaysRevoked() {
    List<Resource> defaults = StandaloneDefaults.beside(List.of(), Set.of(), true);

    assertThat(((Resource.Token) defaults.getFirst()).spec().revoked()).isTrue();
  }

  @Test
  void credentialAmongTheResourcesEndsTheOfflineAlias() {
    List<Resource> own =
        read(
            API
                + "kind: ProviderCredential\nmetadata: {name: a}\n"
                + "spec: {provider: openai, auth: {apiKey: {secretRef: {name: s, key: k}}}}\n");

    assertThat(defaults(own, Set.of())).containsExactly("MachineToken default/demo");
  }

  @Test
  void ownDemoTokenWins() {
    List<Resource> own =
        read(API + "kind: MachineToken\nmetadata: {name: demo}\nspec: {scopes: [mock]}\n");

    assertThat(defaults(own, Set.of())).containsExactly("ModelAlias default/offline");
  }

  @Test
  void ownAliasForEverythingWins() {
    List<Resource> own =
        read(
            API
                + "kind: ModelAlias\nmetadata: {name: all}\n"
                + "spec: {match: {model: '*'}, targets: [{provider: mock, model: mock}]}\n");

    assertThat(defaults(own, Set.of())).containsExactly("MachineToken default/demo");
  }

  @Test
  void ownAliasForSomethingElseStandsBeside() {
    List<Resource> own =
        read(
            API
                + "kind: ModelAlias\nmetadata: {name: some}\n"
                + "spec: {match: {model: 'gpt-*'}, targets: [{provider: mock}]}\n");

    assertThat(defaults(own, Set.of())).contains("ModelAlias default/offline");
  }
}
