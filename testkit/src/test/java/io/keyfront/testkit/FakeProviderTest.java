package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.testkit.speech.Tokens;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeProviderTest {
  private static final String HELLO =
      "{\"model\":\"claude-opus-4-5\",\"max_tokens\":64,\"stream\":%b,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"len=5\"}]}";

  private final FakeProvider provider = FakeProvider.start();
  private final Client client = Client.of(provider);

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void requestIsRecordedAsItCameIn() throws Exception {
    client.post("/v1/messages?beta=true", HELLO.formatted(false), "x-api-key", Client.KEY);

    RecordedRequest request = provider.lastRequest();

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/v1/messages?beta=true");
    assertThat(request.version()).isEqualTo("HTTP/1.1");
    assertThat(request.header("X-Api-Key")).contains(Client.KEY);
    assertThat(request.bodyText()).isEqualTo(HELLO.formatted(false));
  }

  @Test
  void billOfACompleteStreamEqualsTheUsageItReports() throws Exception {
    HttpResponse<String> response =
        client.post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY);

    var events = SseEvent.parse(response.body());
    assertThat(events)
        .extracting(SseEvent::name)
        .startsWith("message_start")
        .endsWith("message_stop");
    BilledCall line = provider.bill().last().orElseThrow();
    assertThat(line.complete()).isTrue();
    assertThat(line.tokens()).isEqualTo(new Tokens(2, 0, 0, 0, 5, 0));
    assertThat(line.key()).isEqualTo(Client.KEY);
    assertThat(provider.bill().byModel()).containsEntry("claude-opus-4-5", line.tokens());
    assertThat(events.get(events.size() - 2).json().path("usage").path("output_tokens").asInt())
        .isEqualTo(5);
  }

  @Test
  void keyThatIsNotAcceptedIsRefused() throws Exception {
    provider.acceptOnly("sk-fake-other");

    var response = client.post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("authentication_error");
    assertThat(provider.bill().calls()).isEmpty();
  }

  @Test
  void tlsServerSpeaksHttp2AndIsTrustedThroughItsCa() throws Exception {
    try (FakeProvider tls = FakeProvider.startTls()) {
      HttpClient http = HttpClient.newBuilder().sslContext(trusting(tls.caPem())).build();

      var response =
          new Client(tls.uri(), http)
              .post("/v1/messages", HELLO.formatted(true), "x-api-key", Client.KEY);

      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(tls.lastRequest().version()).isEqualTo("HTTP/2");
      assertThat(SseEvent.parse(response.body()))
          .last()
          .extracting(SseEvent::name)
          .isEqualTo("message_stop");
      assertThat(tls.uri()).isEqualTo(URI.create("https://localhost:" + tls.uri().getPort()));
    }
  }

  private static SSLContext trusting(String pem) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes())));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
