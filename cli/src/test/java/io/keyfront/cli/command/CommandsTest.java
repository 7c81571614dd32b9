package io.keyfront.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyfront.cli.CommandRun;
import io.keyfront.cli.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir Path folder;

  private static CommandRun run(String... arguments) {
    return CommandRun.of(Map.of(), arguments);
  }

  @Test
  void withoutAServerTheCommandSaysHowToStartOne() {
    CommandRun run =
        run("token", "list", "--url", "http://127.0.0.1:1", "--admin-token", "kf_admin_fake");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "No Keyfront server answers at http://127.0.0.1:1. Start one with: keyfront serve (or name another with --url).\n");
  }

  @Test
  void adminTokenOfTheHomeIsNotSentToWhoeverListensOnTheDefaultPort() throws IOException {
    Home.open(folder, Optional.empty(), new SecureRandom()).close();

    CommandRun run = run("token", "list", "--home", folder.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("No Keyfront server runs on the home folder " + folder)
        .contains("Start one with: keyfront serve");
  }

  @Test
  void withoutAHomeTheCommandSaysHowToMakeOne() {
    CommandRun run = run("token", "list", "--home", folder.resolve("none").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("There is no home folder at").contains("keyfront serve");
  }

  @Test
  void adminTokenOfTheHomeIsNotSentToAnotherMachine() throws IOException {
    Home.open(folder, Optional.empty(), new SecureRandom()).close();

    CommandRun run =
        run("token", "list", "--home", folder.toString(), "--url", "https://keyfront.example");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("is not sent to it").contains("--admin-token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keyfront", "ftp://host", "http://", "http:// x"})
  void urlThatIsNoneIsRefused(String url) {
    CommandRun run = run("token", "list", "--url", url, "--admin-token", "x");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("is not the URL of a server");
  }

  @Test
  void versionIsTheBuilds() throws IOException {
    JsonNode version = new JsonMapper().readTree(run("version", "-o", "json").out());

    assertThat(version.path("version").asText()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    assertThat(run("version").out()).startsWith("keyfront " + version.path("version").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "BASH"})
  void completionIsAScript(String shell) {
    CommandRun run = run("completion", shell);

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("_complete_keyfront").contains("revoke-expired");
  }

  @Test
  void cleanFolderIsToldInOneLine() throws IOException {
    Files.writeString(
        folder.resolve("a.yaml"),
        "apiVersion: keyfront.io/v1alpha1\nkind: MachineToken\nmetadata: {name: a}\nspec: {scopes: [mock], ttl: 1h}\n");

    CommandRun run = run("check", folder.toString());

    assertThat(run.out()).isEqualTo("1 resource in 1 file: no problems.\n");
    assertThat(run.code()).isZero();
  }

  @Test
  void everyProblemOfAFolderIsALineWithItsPlace() throws IOException {
    Files.writeString(folder.resolve("broken.yaml"), "a: [\n");
    Files.writeString(
        folder.resolve("wrong.yaml"),
        "apiVersion: keyfront.io/v1alpha1\nkind: MachineToken\nmetadata: {name: a}\nspec: {scopes: ['x:'], ttl: 1y}\n");

    CommandRun run = run("check", folder.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out().lines().toList())
        .anySatisfy(line -> assertThat(line).startsWith("broken.yaml:"))
        .anySatisfy(
            line ->
                assertThat(line).startsWith("wrong.yaml:4: MachineToken default/a: spec.scopes[0]"))
        .anySatisfy(
            line -> assertThat(line).startsWith("wrong.yaml:4: MachineToken default/a: spec.ttl"))
        .last()
        .asString()
        .contains("in 2 files: 3 problems");
  }

  @Test
  void problemsAsJsonHaveTheirParts() throws IOException {
    Files.writeString(folder.resolve("broken.yaml"), "a: [\n");

    CommandRun run = run("check", folder.toString(), "-o", "json");

    assertThat(run.code()).isEqualTo(1);
    JsonNode finding = new JsonMapper().readTree(run.out()).at("/findings/0");
    assertThat(finding.path("file").asText()).isEqualTo("broken.yaml");
    assertThat(finding.path("severity").asText()).isEqualTo("error");
  }

  @Test
  void absentFolderIsTold() {
    CommandRun run = run("check", folder.resolve("none").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("is not a folder");
  }

  @ParameterizedTest
  @CsvSource({
    "--listen=nowhere, --listen",
    "--ledger=postgres://localhost, redis://127.0.0.1:6379",
    "--ledger-ca=/dev/null, write rediss://",
    "--fsync=sometimes, --fsync",
    "--resources=/no/such/folder, is not a folder",
    "--max-body-bytes=10, --max-body-bytes",
    "--max-body-bytes=x, --max-body-bytes",
    "--trusted-hops=17, 0 to 10",
    "--event-loops=0, 1 to 256",
    "--upstream-ca=/no/such/file, is not a file",
    "--tls-certificate=/no/such/file, give both",
    "--tls-key=/no/such/file, give both",
    "--drain-timeout=soon, --drain-timeout",
    "--log-format=xml, --log-format",
    "--nonsense, --nonsense"
  })
  void wrongOptionOfServeIsNamed(String option, String part) {
    CommandRun run = run("serve", "--home", folder.resolve("home").toString(), option);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(part).contains("Try: keyfront serve --help");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void ledgerThatCannotBeReachedIsNamedWithoutItsPassword() {
    CommandRun run =
        run(
            "serve",
            "--home",
            folder.resolve("home").toString(),
            "--ledger=redis://:fake-password@127.0.0.1:1");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Redis at redis://127.0.0.1:1").doesNotContain("fake-password");
  }

  @Test
  void fileOfAuthoritiesForTheLedgerIsRead() throws IOException {
    Path none = Files.writeString(folder.resolve("none.pem"), "no certificate");

    CommandRun run =
        run(
            "serve",
            "--home",
            folder.resolve("home").toString(),
            "--ledger=rediss://localhost:1",
            "--ledger-ca=" + none);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Redis at rediss://localhost:1").contains("certificate");
  }

  @Test
  void optionOfServeComesFromTheEnvironmentToo() {
    CommandRun run = CommandRun.of(Map.of("KEYFRONT_TRUSTED_HOPS", "17"), "serve");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("0 to 10");
  }

  @Test
  void weakSecretInTheEnvironmentStopsTheStart() {
    CommandRun run =
        CommandRun.of(
            Map.of("KEYFRONT_JWT_SECRET", "fake-short"),
            "serve",
            "--home",
            folder.resolve("home").toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("KEYFRONT_JWT_SECRET:").doesNotContain("fake-short");
  }

  @Test
  void damagedHomeIsASentenceNotAStackTrace() throws IOException {
    Files.writeString(folder.resolve("secrets.json"), "{");

    CommandRun run = run("admin-token", "--home", folder.toString());

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("secret.key is missing").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token", "nonsense", "token nonsense", "check", "token show"})
  void incompleteCommandLineIsAUsageError(String line) {
    CommandRun run = run(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--help");
  }

  @Test
  void helpHasNoAnsiAwayFromATerminal() {
    assertThat(run("token", "create", "--help").out()).contains("--scope").doesNotContain("\u001B");
  }
}
