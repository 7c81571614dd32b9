package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.testkit.FakeProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers behind TLS: verified, over HTTP/2 where they offer it, on pooled connections. */
class TlsTest {
  private FakeProvider provider = FakeProvider.startTls();
  private @TempDir Path folder;
  private Path authority = Path.of("unset");

  @BeforeEach
  void writeAuthority() throws IOException {
    authority = Files.writeString(folder.resolve("ca.pem"), provider.caPem());
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private Snapshot snapshot(URI endpoint) {
    return new Snapshots()
        .token(ProxyUnderTest.TOKEN, "*")
        .key("openai", endpoint, ProxyTest.KEY)
        .build();
  }

  @Test
  void trustedProviderIsCalledOverHttp2OnOneConnection() {
    DataplaneOptions options = ProxyUnderTest.shortTimeouts().withUpstreamCa(authority);
    try (ProxyUnderTest proxy = ProxyUnderTest.start(snapshot(provider.uri()), options)) {
      for (int i = 0; i < 5; i++) {
        HttpResponse<String> answer =
            Agent.post(proxy.uri(Agent.CHAT), Agent.chat("len=5", i % 2 == 0));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(proxy.nextRecord().settlement()).hasValue("known");
      }

      assertThat(provider.lastRequest().version()).isEqualTo("HTTP/2");
      assertThat(provider.acceptedConnections()).isEqualTo(1);
    }
  }

  @Test
  void streamThatBreaksOverHttp2EndsInAnErrorEvent() {
    DataplaneOptions options = ProxyUnderTest.shortTimeouts().withUpstreamCa(authority);
    try (ProxyUnderTest proxy = ProxyUnderTest.start(snapshot(provider.uri()), options)) {
      HttpResponse<String> answer =
          Agent.post(
              proxy.uri(Agent.CHAT),
              Agent.chat("len=20", true),
              "x-fake-fault",
              "resetAfterEvents=3");

      assertThat(answer.body()).contains("upstream_reset").doesNotContain("[DONE]");
    }
  }

  @Test
  void providerThatNobodyVouchesForIsNotSentTheKey() {
    try (ProxyUnderTest proxy =
        ProxyUnderTest.start(snapshot(provider.uri()), ProxyUnderTest.shortTimeouts())) {
      HttpResponse<String> answer = Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false));

      IdentityTest.refused(answer, 502, "upstream_unreachable");
      assertThat(provider.requests()).isEmpty();
    }
  }

  @Test
  void certificateForAnotherHostIsRefused() {
    URI wrongHost = URI.create("https://127.0.0.2:" + provider.uri().getPort());
    DataplaneOptions options = ProxyUnderTest.shortTimeouts().withUpstreamCa(authority);
    try (ProxyUnderTest proxy = ProxyUnderTest.start(snapshot(wrongHost), options)) {
      HttpResponse<String> answer = Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false));

      IdentityTest.refused(answer, 502, "upstream_unreachable");
      assertThat(provider.requests()).isEmpty();
    }
  }
}
