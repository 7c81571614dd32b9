package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.provider.Stopping;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.speech.Tokens;
import java.io.InputStream;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams in doubt, of a provider that stops on reset and of one that does not say so. */
class VisibleStreamTest {
  private static final long HELD_OUTPUT = 50_000;

  /** The fake provider is told to be slower: an event each 20 ms, a token each. */
  private static final Stopping STOPPING = new Stopping(200);

  private static final String SLOW = "slowDrip=20";

  private FakeProvider provider;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    proxy = ProxyUnderTest.start(snapshot().stopping("openai", STOPPING).build());
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  private Snapshots snapshot() {
    Limits limits =
        Limits.of(
            new Budget(
                OptionalLong.empty(), OptionalLong.of(1_000_000), Window.DAY, OnLedgerLoss.DENY));
    return new Snapshots()
        .limited(ProxyUnderTest.TOKEN, limits, "openai:*")
        .key("openai", provider.uri(), "sk-fake-provider-key");
  }

  private static String body(int length) {
    return "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"len=%d\"}]}"
        .formatted(HELD_OUTPUT, length);
  }

  private void hangUpAfterTheFirstBytes() throws Exception {
    try (InputStream answer =
        Agent.open(proxy.uri(Agent.CHAT), body(5_000), "x-fake-fault", SLOW).body()) {
      assertThat(answer.readNBytes(2_000)).hasSize(2_000);
    }
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }

  private long spent() {
    return proxy
        .ledger()
        .standing(AccountId.provider("openai"))
        .toCompletableFuture()
        .join()
        .in(Window.TOTAL)
        .spent()
        .tokens();
  }

  private long billed() {
    Tokens bill = provider.bill().total();
    return bill.totalInput() + bill.output();
  }

  @Test
  void facts407AClientThatHangsUpOnAProviderThatStopsPaysForTheTimeThatItListened()
      throws Exception {
    hangUpAfterTheFirstBytes();

    assertThat(spent()).isLessThan(HELD_OUTPUT).isGreaterThanOrEqualTo(billed());
    assertThat(billed()).isPositive();
  }

  @Test
  void facts407AClientThatHangsUpOnAnyOtherProviderPaysTheWholeHold() throws Exception {
    proxy.use(snapshot().build());

    hangUpAfterTheFirstBytes();

    assertThat(spent()).isGreaterThan(HELD_OUTPUT);
  }

  @Test
  void facts408AStreamWithoutUsageOfAProviderThatStopsIsNotFree() {
    Agent.post(proxy.uri(Agent.CHAT), body(20), "x-fake-fault", "noUsage;" + SLOW);

    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
    assertThat(spent()).isLessThan(HELD_OUTPUT).isGreaterThanOrEqualTo(billed());
  }

  @Test
  void aStreamThatBreaksOffIsChargedForItsTime() {
    Agent.post(proxy.uri(Agent.CHAT), body(50), "x-fake-fault", "resetAfterEvents=10;" + SLOW);

    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
    assertThat(spent()).isLessThan(HELD_OUTPUT).isGreaterThanOrEqualTo(billed());
  }

  @Test
  void anAnswerThatIsNoStreamIsChargedInFullWhateverItsProviderSays() {
    Agent.post(
        proxy.uri(Agent.CHAT),
        body(20).replace("\"stream\":true", "\"stream\":false"),
        "x-fake-fault",
        "noUsage");

    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
    assertThat(spent()).isGreaterThan(HELD_OUTPUT);
  }
}
