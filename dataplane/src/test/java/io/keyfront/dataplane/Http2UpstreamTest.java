package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.testkit.FakeProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that share one HTTP/2 connection to the provider: what one does is not the others'. */
class Http2UpstreamTest {
  private final FakeProvider provider = FakeProvider.startTls();
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

  /** Of one event loop, so of one connection to the provider. */
  private ProxyUnderTest start() {
    Snapshot snapshot =
        new Snapshots()
            .token(ProxyUnderTest.TOKEN, "*")
            .key("anthropic", provider.uri(), ProxyTest.KEY)
            .build();
    DataplaneOptions usual = DataplaneOptions.DEFAULT.withUpstreamCa(authority);
    return ProxyUnderTest.start(
        snapshot,
        new DataplaneOptions(
            usual.agents(),
            usual.management(),
            1,
            usual.bounds(),
            usual.timeouts(),
            usual.upstreamCa(),
            usual.tls()));
  }

  private static HttpResponse<InputStream> stream(ProxyUnderTest proxy, String prompt) {
    return Agent.open(
        proxy.uri(Agent.MESSAGES), Agent.messages(prompt, true), "x-fake-fault", "slowDrip=20");
  }

  @Test
  void clientLeavesAfterFirstFrameSoItsStreamIsResetAndTheOthersOnTheConnectionGoOn()
      throws IOException {
    try (ProxyUnderTest proxy = start()) {
      HttpResponse<InputStream> staying = stream(proxy, "len=60");
      assertThat(staying.body().read()).isNotNegative();
      HttpResponse<InputStream> leaving = stream(proxy, "len=5000");
      assertThat(leaving.body().read()).isNotNegative();
      assertThat(provider.openStreams()).isEqualTo(2);

      leaving.body().close();

      Awaitility.await().until(() -> provider.abortedStreams() == 1);
      CallRecord record = proxy.nextRecord();
      assertThat(record.status()).isEqualTo(CallRecord.CLIENT_CLOSED);
      assertThat(record.settlement()).hasValue("in_doubt");
      assertThat(new String(staying.body().readAllBytes(), StandardCharsets.UTF_8))
          .endsWith("data: {\"type\":\"message_stop\"}\n\n");
      assertThat(proxy.nextRecord().settlement()).hasValue("known");
      assertThat(provider.requests()).allMatch(seen -> seen.version().equals("HTTP/2"));
      assertThat(provider.acceptedConnections()).isEqualTo(1);
      assertThat(provider.activeConnections()).isEqualTo(1);
    }
  }

  @Test
  void clientLeavesBeforeHeadersSoItsStreamIsReset() {
    try (ProxyUnderTest proxy = start()) {
      var asked =
          Agent.later(
              proxy.uri(Agent.MESSAGES),
              Agent.messages("hi", true),
              "x-fake-fault",
              "stallBeforeHeaders");
      Awaitility.await().until(() -> provider.openStreams() == 1);

      asked.cancel(true);

      Awaitility.await().until(() -> provider.abortedStreams() == 1);
      assertThat(proxy.nextRecord().status()).isEqualTo(CallRecord.CLIENT_CLOSED);
      assertThat(provider.activeConnections()).isEqualTo(1);
    }
  }
}
