package io.keyfront.cli.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.secret.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretVaultTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HomeKey KEY =
      HomeKey.fromEnvironment(SecretText.of("fake-key-one-000000000000000000000"));

  @TempDir Path folder;
  private AtomicFile file;

  @BeforeEach
  void fill() {
    file = new AtomicFile(folder.resolve("secrets.json"));
    SecretVault.empty(file, KEY, RANDOM)
        .change(
            Map.of("a", SecretText.of("kf_fake-a"), "b", SecretText.of("kf_fake-b")), List.of());
  }

  private SecretVault open(HomeKey key) throws IOException {
    return SecretVault.open(file, file.read().orElseThrow(), key, RANDOM);
  }

  private void replaceInFile(String from, String to) throws IOException {
    String text = Files.readString(file.path());
    assertThat(text).contains(from);
    Files.writeString(file.path(), text.replace(from, to));
  }

  private String valueOf(String name) throws IOException {
    return HomeJson.read(file.read().orElseThrow()).map("secrets").getOrDefault(name, "");
  }

  @Test
  void secretsComeBackAfterReopening() throws IOException {
    SecretVault vault = open(KEY);

    assertThat(vault.get("a")).contains(SecretText.of("kf_fake-a"));
    assertThat(vault.get("c")).isEmpty();
  }

  @Test
  void plaintextIsNowhereInTheFile() throws IOException {
    assertThat(Files.readString(file.path())).doesNotContain("kf_fake").doesNotContain("fake-key");
  }

  @Test
  void sameSecretNeverLooksTheSame() throws IOException {
    String before = valueOf("a");

    open(KEY).change(Map.of("a", SecretText.of("kf_fake-a")), List.of());

    assertThat(valueOf("a")).isNotEqualTo(before);
  }

  @Test
  void wrongKeyIsToldBeforeAnythingElse() {
    HomeKey other = HomeKey.fromEnvironment(SecretText.of("fake-key-two-000000000000000000000"));

    assertThatThrownBy(() -> open(other))
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("KEYFRONT_SECRET_KEY does not open")
        .hasMessageContaining("secrets.json")
        .hasMessageNotContaining("fake-key");
  }

  @Test
  void keyFromAnotherSourceIsToldApart() {
    HomeKey fromFile = new HomeKey(HomeKey.FROM_FILE, new byte[32]);

    assertThatThrownBy(() -> open(fromFile))
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("is locked with KEYFRONT_SECRET_KEY");
  }

  @Test
  void valuesCannotBeSwapped() throws IOException {
    String a = valueOf("a");
    String b = valueOf("b");
    replaceInFile(a, "swapped");
    replaceInFile(b, a);
    replaceInFile("swapped", b);

    assertThatThrownBy(() -> open(KEY).get("a"))
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("the value of 'a' was changed");
  }

  @Test
  void droppedSecretIsGone() throws IOException {
    open(KEY).change(Map.of(), List.of("a"));

    assertThat(open(KEY).get("a")).isEmpty();
    assertThat(open(KEY).names("")).containsExactlyInAnyOrder("b", "check");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"version\":2}",
        "{\"version\":1,\"key\":\"environment\",\"salt\":\"!\",\"secrets\":{}}",
        "{\"version\":1,\"key\":\"environment\",\"salt\":\"AAAA\",\"secrets\":{\"a\":1}}"
      })
  void damagedFileIsNamedWithTheWayOut(String content) throws IOException {
    Files.writeString(file.path(), content);

    assertThatThrownBy(() -> open(KEY))
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("secrets.json is damaged")
        .hasMessageContaining("Put back a good copy");
  }

  @Test
  void everyCutOfTheFileIsNoticed() throws IOException {
    byte[] whole = file.read().orElseThrow();
    int last = new String(whole, UTF_8).lastIndexOf('}');

    for (int length = 0; length <= last; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> SecretVault.open(file, cut, KEY, RANDOM))
          .as("cut after %d bytes", length)
          .isInstanceOf(HomeUnusable.class);
    }
  }

  @Test
  void shortKeyIsRefused() {
    assertThatThrownBy(() -> HomeKey.fromEnvironment(SecretText.of("correct horse")))
        .isInstanceOf(HomeUnusable.class)
        .hasMessageContaining("at least 32")
        .hasMessageContaining("openssl rand");
  }
}
