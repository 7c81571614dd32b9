package io.keyfront.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.cli.CommandRun;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code helm test} runs. */
class ProbeCommandTest {
  private static final String TOKEN = "kf_fake_token_of_the_test_and_nothing_else";

  private final FakeProvider server = FakeProvider.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun probe(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "probe";
    System.arraycopy(options, 0, words, 1, options.length);
    return CommandRun.of(
        Map.of("KEYFRONT_URL", server.uri().toString(), "KEYFRONT_TOKEN", TOKEN), words);
  }

  @Test
  void mockIsCalledWithTheTokenOfTheEnvironment() {
    CommandRun run = probe();

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo(server.uri() + "/openai/v1/chat/completions answered well.\n");
    assertThat(server.lastRequest().header("authorization")).hasValue("Bearer " + TOKEN);
    assertThat(server.lastRequest().bodyText()).contains("\"model\":\"mock\"");
  }

  @Test
  void itAsksAgainUntilTheAnswerIsGood() {
    server.script(new Fault.Status(401), new Fault.Status(503));

    assertThat(probe().code()).isZero();
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void whatWasAnsweredLastIsSaidWhenTheTimeIsOver() {
    server.acceptOnly("another-fake-key");

    CommandRun run = probe("--within", "1s");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith(server.uri() + "/openai/v1/chat/completions answered 401: ")
        .doesNotContain(TOKEN);
  }

  @Test
  void urlIsAskedAsItIs() {
    server.script(new Fault.Status(200, "fine"));

    CommandRun run = probe(server.uri() + "/v1/models");

    assertThat(run.code()).isZero();
    assertThat(server.lastRequest().method()).isEqualTo("GET");
    assertThat(server.lastRequest().path()).isEqualTo("/v1/models");
    assertThat(server.lastRequest().header("authorization")).isEmpty();
  }

  @Test
  void nobodyThereIsSaid() {
    CommandRun run = probe("http://127.0.0.1:1/", "--within=1s");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("http://127.0.0.1:1/ did not answer (ConnectException).");
  }

  @Test
  void authorityOfAFileIsTrustedBesideThePublicOnes(@TempDir Path folder) throws IOException {
    try (FakeProvider secured = FakeProvider.startTls()) {
      Path authority = Files.writeString(folder.resolve("ca.crt"), secured.caPem());
      Map<String, String> environment =
          Map.of("KEYFRONT_URL", secured.uri().toString(), "KEYFRONT_TOKEN", TOKEN);

      CommandRun trusting = CommandRun.of(environment, "probe", "--ca=" + authority);
      CommandRun strict = CommandRun.of(environment, "probe", "--within=1s");

      assertThat(trusting.code()).describedAs(trusting.err()).isZero();
      assertThat(strict.err()).contains("did not answer");
    }
  }

  @Test
  void fileThatHoldsNoAuthorityIsSaid() {
    CommandRun run = probe("https://localhost:1/", "--ca=" + Path.of("no", "such.crt"));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--ca: The certificates in no");
  }

  @Test
  void withoutAnAddressItSaysWhatToSet() {
    CommandRun run = CommandRun.of(Map.of(), "probe");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("KEYFRONT_URL is not set: set it, or name a URL to call.");
  }
}
