package io.keyfront.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.cli.CommandRun;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.serve.ListenAddress;
import io.keyfront.cli.serve.LogFormat;
import io.keyfront.cli.serve.ServeOptions;
import io.keyfront.cli.serve.SnapshotSource;
import io.keyfront.dataplane.DataplaneOptions;
import io.keyfront.ledger.local.Fsync;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainServeTest {
  @TempDir Path folder;

  private static Optional<ServeOptions> read(Map<String, String> environment, String line) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Surroundings around = new Surroundings(environment, nowhere, nowhere, Clock.systemUTC(), false);
    return PlainServe.read(around, line.split(" "));
  }

  @Test
  void everyOptionIsRead() throws IOException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "");

    Optional<ServeOptions> options =
        read(
            Map.of(),
            "serve --listen :1 --management=[::1]:2 --ledger rediss://127.0.0.1:6379 --ledger-ca %s --fsync Always --home %s/home --resources %s --max-body-bytes 2048 --trusted-hops=3 --event-loops 4 --upstream-ca %s --tls-certificate %s --tls-key %s --drain-grace 2s --drain-timeout 5s --log-format=Text"
                .formatted(ca, folder, folder, ca, ca, ca));

    assertThat(options)
        .contains(
            new ServeOptions(
                new ListenAddress("0.0.0.0", 1),
                new ListenAddress("::1", 2),
                "rediss://127.0.0.1:6379",
                Optional.of(ca),
                Fsync.ALWAYS,
                folder.resolve("home"),
                Optional.of(folder),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                2048,
                OptionalInt.of(3),
                OptionalInt.of(4),
                Optional.of(ca),
                Optional.of(new DataplaneOptions.Tls(ca, ca)),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                LogFormat.TEXT));
  }

  @Test
  void withoutOptionsTheDefaultsOfTheHelpHold() {
    assertThat(read(Map.of("KEYFRONT_HOME", "/fake/home"), "serve"))
        .contains(
            new ServeOptions(
                new ListenAddress("127.0.0.1", 8787),
                new ListenAddress("127.0.0.1", 8788),
                "local",
                Optional.empty(),
                Fsync.INTERVAL,
                Path.of("/fake/home"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                33_554_432,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Duration.ofSeconds(30),
                LogFormat.AUTO));
    for (ServeOption option : ServeOption.values()) {
      assertThat(option.description()).contains(option.fallback());
    }
  }

  @Test
  void sourceOfASnapshotIsReadWithItsCache() {
    ServeOptions secrets =
        read(
                Map.of("KEYFRONT_TOKEN_REVIEW", "10s"),
                "serve --snapshot secrets:keyfront --snapshot-cache %s/c".formatted(folder))
            .orElseThrow();
    ServeOptions mounted =
        read(Map.of("KEYFRONT_SNAPSHOT", "dir:" + folder), "serve").orElseThrow();
    assertThat(mounted.tokenReview()).isEmpty();

    assertThat(secrets.snapshot()).contains(new SnapshotSource.Secrets("keyfront"));
    assertThat(secrets.snapshotCache()).contains(folder.resolve("c"));
    assertThat(secrets.tokenReview()).contains(Duration.ofSeconds(10));
    assertThat(mounted.snapshot()).contains(new SnapshotSource.Dir(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "--snapshot secrets:keyfront --resources ., --snapshot: the operator compiles",
    "--snapshot dir:. --snapshot-cache /tmp/c, --snapshot-cache: it keeps",
    "--snapshot-cache /tmp/c, --snapshot-cache: it keeps",
    "--snapshot dir:. --token-review 10s, --token-review: there is an API server",
    "--token-review 10s, --token-review: there is an API server",
    "--snapshot secrets:a --token-review 1h, --token-review: '1h' will not do: write 1s to 10m.",
    "--snapshot keyfront, --snapshot: 'keyfront' is no source",
    "--snapshot secrets:Key/front, --snapshot: 'secrets:Key/front' is no source",
    "--snapshot dir:/fake/nowhere, --snapshot: 'dir:/fake/nowhere' is no source",
  })
  void optionsThatHaveNoMeaningTogetherAreRefusedWithASentence(String line, String sentence) {
    CommandRun run = CommandRun.of(Map.of(), ("serve " + line).split(" "));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith(sentence);
  }

  @Test
  void lineWinsOverTheEnvironment() {
    Map<String, String> environment =
        Map.of("KEYFRONT_TRUSTED_HOPS", "1", "KEYFRONT_EVENT_LOOPS", "2");

    ServeOptions options = read(environment, "serve --trusted-hops 3").orElseThrow();

    assertThat(options.trustedHops()).hasValue(3);
    assertThat(options.eventLoops()).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version",
        "token list",
        "--help",
        "serve --help",
        "serve -h",
        "serve extra",
        "serve --listen",
        "serve --listen=",
        "serve --listen --home x",
        "serve --home @words",
        "serve --listenn :1",
        "serve LISTEN :1",
        "serve --trusted-hops 1 --trusted-hops 2",
        "serve --trusted-hops 17",
        "serve --max-body-bytes 99999999999999999999",
        "serve --log-format xml"
      })
  void whatIsNotPlainOrNotRightIsLeftToPicocli(String line) {
    assertThat(read(Map.of(), line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "KEYFRONT_MAX_BODY_BYTES, x, --max-body-bytes: 'x' will not do: write 1024 to 1073741824.",
    "KEYFRONT_LOG_FORMAT, xml, --log-format: 'xml' will not do: write json or text or auto.",
  })
  void wrongVariableIsNamedByItsOption(String variable, String value, String message) {
    CommandRun run = CommandRun.of(Map.of(variable, value), "serve");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith(message);
  }
}
