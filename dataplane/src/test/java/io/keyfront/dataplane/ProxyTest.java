package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.testkit.FakeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What tests through the whole proxy share: one fake provider behind every name, one proxy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyTest {
  static final String KEY = "sk-fake-provider-key";

  private static final ObjectMapper JSON = new ObjectMapper();

  FakeProvider provider;
  ProxyUnderTest proxy;

  /** The configuration; each test begins with it. */
  Snapshots configuration() {
    Snapshots snapshots = new Snapshots().token(ProxyUnderTest.TOKEN, "*").sessions();
    for (String name : new String[] {"anthropic", "openai", "gemini", "openrouter", "mistral"}) {
      snapshots.key(name, provider.uri(), KEY);
    }
    return snapshots;
  }

  DataplaneOptions options() {
    return ProxyUnderTest.shortTimeouts();
  }

  ProxyUnderTest startProxy() {
    return ProxyUnderTest.start(Snapshot.EMPTY, options());
  }

  @BeforeAll
  void startBoth() {
    provider = FakeProvider.start();
    proxy = startProxy();
  }

  @BeforeEach
  void beginAnew() {
    provider.clearRequests();
    provider.acceptOnly();
    proxy.records().clear();
    proxy.use(configuration().build());
  }

  @AfterEach
  void nothingIsLeftOpen() {
    Awaitility.await().until(() -> proxy.dataplane().activeCalls() == 0);
    assertThat(proxy.ledger().inFlight()).isZero();
  }

  @AfterAll
  void stopBoth() {
    proxy.close();
    provider.close();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException notJson) {
      throw new UncheckedIOException(text, notJson);
    }
  }
}
