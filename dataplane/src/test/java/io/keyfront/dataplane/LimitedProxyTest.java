package io.keyfront.dataplane;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.speech.Tokens;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What tests of limits share: a proxy whose limits are edited, and a provider with its own bill.
 */
abstract class LimitedProxyTest {
  FakeProvider provider;
  ProxyUnderTest proxy;

  /** The configuration with these limits in the place that the test is about. */
  abstract Snapshots snapshot(Limits limits);

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    proxy = ProxyUnderTest.start(snapshot(Limits.NONE).build());
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  void limit(Limits limits) {
    proxy.use(snapshot(limits).build());
  }

  static Limits tokens(long tokens) {
    return tokens(tokens, Window.DAY);
  }

  static Limits tokens(long tokens, Window window) {
    return Limits.of(
        new Budget(OptionalLong.empty(), OptionalLong.of(tokens), window, OnLedgerLoss.DENY));
  }

  static Limits usd(long nano) {
    return Limits.of(
        new Budget(OptionalLong.of(nano), OptionalLong.empty(), Window.DAY, OnLedgerLoss.DENY));
  }

  /** What the token is told of itself. */
  JsonNode self() {
    return ProxyTest.json(Agent.get(proxy.uri("/v1/self")).body());
  }

  /** What the provider's own bill comes to, in tokens. */
  long billed() {
    Tokens total = provider.bill().total();
    return total.totalInput() + total.output();
  }
}
