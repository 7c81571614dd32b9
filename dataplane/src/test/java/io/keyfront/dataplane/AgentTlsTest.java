package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.testkit.TestCertificates;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that connect with TLS. */
class AgentTlsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final TestCertificates first = TestCertificates.create();
  private @TempDir Path folder;
  private DataplaneOptions.Tls files = new DataplaneOptions.Tls(Path.of("unset"), Path.of("unset"));

  @BeforeEach
  void writeFiles() throws IOException {
    files = new DataplaneOptions.Tls(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    put(first.certificatePem(), first.keyPem());
  }

  /** One file after the other, each in one step. */
  private void put(String certificate, String key) throws IOException {
    put(files.certificate(), certificate);
    put(files.key(), key);
  }

  private void put(Path file, String text) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private ProxyUnderTest start() {
    Snapshot snapshot = new Snapshots().token(ProxyUnderTest.TOKEN, "*").build();
    return ProxyUnderTest.start(snapshot, ProxyUnderTest.shortTimeouts().withTls(files));
  }

  /** Asks over a connection of its own, and trusts one authority only. */
  private static HttpResponse<String> ask(ProxyUnderTest proxy, TestCertificates trusted)
      throws IOException, InterruptedException {
    URI uri = URI.create("https://127.0.0.1:" + proxy.port() + Agent.CHAT);
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificates.trusting(trusted.caPem())).build()) {
      return client.send(
          HttpRequest.newBuilder(uri)
              .header("authorization", "Bearer " + ProxyUnderTest.TOKEN)
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"model\":\"mock\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static boolean answers(ProxyUnderTest proxy, TestCertificates trusted)
      throws IOException, InterruptedException {
    try {
      return ask(proxy, trusted).statusCode() == 200;
    } catch (SSLException unknown) {
      return false;
    }
  }

  @Test
  void agentsConnectWithTlsAndInTheClearNoMore() throws Exception {
    try (ProxyUnderTest proxy = start()) {
      assertThat(ask(proxy, first).statusCode()).isEqualTo(200);
      assertThatThrownBy(() -> ask(proxy, TestCertificates.create()))
          .isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false)))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void lengthAndChunkedTogetherAreRefusedOverTlsAsWell() throws Exception {
    String head = WireTest.head("POST", Agent.CHAT);
    try (ProxyUnderTest proxy = start();
        Socket socket =
            TestCertificates.trusting(first.caPem())
                .getSocketFactory()
                .createSocket("127.0.0.1", proxy.port())) {
      String both = head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
      socket.getOutputStream().write(both.getBytes(StandardCharsets.ISO_8859_1));

      byte[] answer = socket.getInputStream().readAllBytes();

      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void certificateThatIsReplacedIsShownAndOneThatWillNotDoIsNot() throws Exception {
    TestCertificates second = TestCertificates.create();
    TestCertificates third = TestCertificates.create();
    try (ProxyUnderTest proxy = start()) {
      put(second.certificatePem(), second.keyPem());
      await().atMost(SOON).until(() -> answers(proxy, second));
      assertThat(answers(proxy, first)).isFalse();

      put(third.certificatePem(), second.keyPem());
      await().during(Duration.ofSeconds(5)).atMost(SOON).until(() -> answers(proxy, second));

      put(third.certificatePem(), third.keyPem());
      await().atMost(SOON).until(() -> answers(proxy, third));
    }
  }

  @Test
  void whatIsNoCertificateWithItsKeyIsRefusedAtTheStart() throws IOException {
    put(first.certificatePem(), TestCertificates.create().keyPem());
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not hold a certificate and its key as PEM");

    put("no PEM", "kf_fake-secret-that-must-not-be-told");
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains("tls.crt", "tls.key")
        .doesNotContain("kf_fake");
  }
}
