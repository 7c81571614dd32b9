package io.keyfront.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskingTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final FakeProvider provider = FakeProvider.start();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void end() {
    provider.close();
    clock.shutdownNow();
  }

  private KeyAnswer ask(String name, String endpoint, Duration limit) {
    return new Asking(limit, clock).ask(question(name, endpoint));
  }

  private static KeyQuestion question(String name, String endpoint) {
    return KeyQuestion.of(Upstreams.at(name, endpoint)).orElseThrow();
  }

  private KeyAnswer ask(String name) {
    return ask(name, provider.uri().toString(), LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "gemini"})
  void providerThatTakesTheKeyIsBelieved(String name) {
    provider.acceptOnly(Upstreams.KEY);

    assertThat(ask(name)).isEqualTo(new KeyAnswer.Taken());
    assertThat(provider.lastRequest().method()).isEqualTo("GET");
    assertThat(provider.lastRequest().path()).endsWith("/models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "openai", "gemini"})
  void providerThatRefusesTheKeyIsBelieved(String name) {
    provider.acceptOnly("sk-fake-another-key");

    assertThat(ask(name)).isInstanceOf(KeyAnswer.Refused.class);
  }

  @Test
  void geminisOwnWordForAWrongKeyIsUnderstood() {
    provider.script(
        new Fault.Status(
            400,
            "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}"));

    assertThat(ask("gemini")).isEqualTo(new KeyAnswer.Refused(400));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 429, 500, 503})
  void otherAnswersSayNothingAboutTheKeyAndNoRedirectIsFollowed(int status) {
    provider.script(new Fault.Status(status));

    assertThat(ask("openai")).isEqualTo(new KeyAnswer.Unknown("answered " + status));
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void silenceEndsAtTheLimit() {
    provider.script(new Fault.StallBeforeHeaders());

    assertThat(ask("openai", provider.uri().toString(), SHORT))
        .isInstanceOfSatisfying(
            KeyAnswer.Unknown.class, answer -> assertThat(answer.why()).contains("said nothing"));
  }

  @Test
  void answerThatTricklesEndsAtTheLimitAsAWhole() throws IOException {
    try (ServerSocket trickler = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofPlatform().daemon().start(() -> trickle(trickler));

      KeyAnswer answer =
          ask("openai", "http://127.0.0.1:" + trickler.getLocalPort(), Duration.ofSeconds(1));

      assertThat(answer).isInstanceOf(KeyAnswer.Unknown.class);
      server.interrupt();
    }
  }

  /** A byte every 20 ms: no single read ever waits for long. */
  private static void trickle(ServerSocket listening) {
    try (Socket socket = listening.accept()) {
      socket.getOutputStream().write("HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII));
      while (!Thread.currentThread().isInterrupted()) {
        socket.getOutputStream().write(' ');
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException ended) {
      // The one who asked has gone.
    }
  }

  @Test
  void nameOfSomebodyElseNeverLeadsToThisMachine() {
    KeyQuestion question =
        question("openai", "http://provider.example:" + provider.uri().getPort());
    Asking asking = new Asking(LONG, clock, host -> InetAddress.getLoopbackAddress());

    assertThat(asking.ask(question))
        .isEqualTo(new KeyAnswer.Unknown("is at an address that no provider has"));
    assertThat(provider.requests()).isEmpty();
    assertThat(provider.acceptedConnections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://169.254.169.254", "https://[fe80::1]", "https://0.0.0.0"})
  void addressesOfMetadataServicesAreNotEvenConnectedTo(String endpoint) {
    assertThat(ask("openai", endpoint, LONG))
        .isEqualTo(new KeyAnswer.Unknown("is at an address that no provider has"));
  }

  @Test
  void authorityThatNobodyTrustsGetsNoKey() {
    try (FakeProvider secured = FakeProvider.startTls()) {
      assertThat(ask("openai", secured.uri().toString(), LONG))
          .isEqualTo(new KeyAnswer.Unknown("is not vouched for, or speaks no TLS"));
      assertThat(secured.requests()).isEmpty();
    }
  }

  @Test
  void portThatNobodyListensOnIsSaid() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(ask("openai", "http://127.0.0.1:" + port, LONG))
        .isEqualTo(new KeyAnswer.Unknown("could not be reached"));
  }
}
