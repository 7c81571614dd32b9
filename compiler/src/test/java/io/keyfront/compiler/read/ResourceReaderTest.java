package io.keyfront.compiler.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Source;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.secret.SecretText;
import io.keyfront.crds.KeyfrontSettingsSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {
  private static final String TOKEN =
      """
      apiVersion: keyfront.io/v1alpha1
      kind: MachineToken
      metadata: {name: NAME}
      spec: {scopes: [mock]}
      """;

  @Test
  void findingAfterReadingStillKnowsTheLineOfItsField() {
    Parsed parsed =
        ResourceReader.read(
            "a.yaml",
            "---\n"
                + token("a")
                + "---\n"
                + token("b").replace("{scopes: [mock]}", "\n  scopes:\n    - mock"));

    Resource second = parsed.resources().get(1);
    assertThat(second.origin().source()).contains(new Source("a.yaml", 7));
    assertThat(second.origin().of("spec.scopes[0]")).contains(new Source("a.yaml", 12));
    assertThat(second.origin().of("spec.ttl")).contains(new Source("a.yaml", 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing\n", "---\n---\n", "---\n# nothing\n...\n", "\uFEFF"})
  void fileWithoutDocumentsHoldsNothing(String yaml) {
    Parsed parsed = ResourceReader.read("a.yaml", yaml);

    assertThat(parsed.resources()).isEmpty();
    assertThat(parsed.findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "spec: {}\n"})
  void settingsThatSayNothingAreTheDefaults(String spec) {
    Parsed parsed =
        ResourceReader.read(
            "a.yaml",
            "apiVersion: keyfront.io/v1alpha1\nkind: KeyfrontSettings\nmetadata: {name: keyfront}\n"
                + spec);

    assertThat(parsed.findings()).isEmpty();
    assertThat(parsed.resources())
        .singleElement()
        .isInstanceOfSatisfying(
            Resource.Settings.class,
            settings ->
                assertThat(settings.spec())
                    .isEqualTo(
                        new KeyfrontSettingsSpec(null, 0, List.of(), null, List.of(), List.of())));
  }

  @Test
  void byteOrderMarkAndWindowsLineEndsAreFine() {
    Parsed parsed = ResourceReader.read("a.yaml", "\uFEFF" + token("a").replace("\n", "\r\n"));

    assertThat(parsed.findings()).isEmpty();
    assertThat(parsed.resources()).hasSize(1);
  }

  @Test
  void fileThatIsTooLargeIsRefusedUnread() {
    Parsed parsed = ResourceReader.read("a.yaml", "#".repeat(ResourceReader.FILE_MAX + 1));

    assertThat(parsed.findings())
        .extracting(Finding::text)
        .containsExactly("a.yaml:1: the file is larger than 4 MiB; split it into several files.");
  }

  @Test
  void documentsBeyondTheBoundAreRefused() {
    String yaml = (token("a") + "---\n").repeat(YamlDocuments.DOCUMENTS_MAX) + token("b");

    Parsed parsed = ResourceReader.read("a.yaml", yaml);

    assertThat(parsed.resources()).hasSize(YamlDocuments.DOCUMENTS_MAX);
    assertThat(parsed.findings())
        .singleElement()
        .asString()
        .contains("holds more than 10000 documents");
  }

  @Test
  void findingsBeyondTheBoundAreCounted() {
    Parsed parsed =
        ResourceReader.read("a.yaml", "just text\n---\n".repeat(ResourceReader.FINDINGS_MAX + 5));

    assertThat(parsed.findings()).hasSize(ResourceReader.FINDINGS_MAX + 1);
    assertThat(parsed.findings().getLast().text()).contains("5 more problems are not shown");
  }

  @Test
  void aliasesThatStandForBillionsOfValuesAreRefusedAtOnce() {
    var bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    Parsed parsed =
        assertTimeout(
            Duration.ofSeconds(10),
            () -> ResourceReader.read("a.yaml", token("a") + "---\n" + bomb));

    assertThat(parsed.resources()).hasSize(1);
    assertThat(parsed.findings()).singleElement().asString().contains("1000000 values");
  }

  @Test
  void aliasOfItselfIsRefused() {
    Parsed parsed = ResourceReader.read("a.yaml", "a: &a\n  b: *a\n");

    assertThat(parsed.findings()).singleElement().asString().contains("nested more than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "{", "- ", "? ", ": ", "&a ", "*a ", "!a ", "'", "\"", "|\n", "---\n", "%A\n", "[a,",
        "{a: ", "a: ", "\t", "<<: ", "- - ", "\n ", "[]: ", "{? ", "!!map ", "#", "\\", "a\n"
      })
  void sameCharactersAThousandfoldEndSoon(String part) {
    String yaml = part.repeat(200_000 / part.length());

    Parsed parsed =
        assertTimeout(Duration.ofSeconds(20), () -> ResourceReader.read("a.yaml", yaml));

    assertThat(parsed.findings()).hasSizeLessThanOrEqualTo(ResourceReader.FINDINGS_MAX + 1);
  }

  @Test
  void valuesOfASecretAreInNoMessage() {
    Parsed parsed =
        ResourceReader.read(
            "a.yaml",
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys}
            data:
              key: sk-fake-plain
            stringData:
              list: [sk-fake-listed]
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keys}
            stringData:
              key: *sk-fake-alias
            """);

    assertThat(parsed.resources()).isEmpty();
    assertThat(parsed.findings()).hasSize(3);
    assertThat(parsed.toString()).doesNotContain("sk-fake");
  }

  @Test
  void stringDataGoesOverData() {
    Parsed parsed =
        ResourceReader.read(
            "a.yaml",
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: keys}
            stringData: {both: text, number: 0123, "null": ~}
            data: {both: YmFzZTY0, padded: "YQ==", binary: /w==, empty: ""}
            """);

    Resource.Secret secret = (Resource.Secret) parsed.resources().getFirst();
    assertThat(secret.data())
        .containsOnly(
            Map.entry("both", SecretText.of("text")),
            Map.entry("number", SecretText.of("0123")),
            Map.entry("padded", SecretText.of("a")));
    assertThat(secret.unusable()).containsExactlyInAnyOrder("null", "binary", "empty");
  }

  private static String token(String name) {
    return TOKEN.replace("NAME", name);
  }
}
