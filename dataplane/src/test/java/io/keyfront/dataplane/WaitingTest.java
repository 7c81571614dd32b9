package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.ledger.local.LocalLedger;
import io.keyfront.testkit.FakeProvider;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for room which others hold, at a ledger that takes its time. */
class WaitingTest {
  /** Longer than the pause between two looks, so that a second question would be open beside it. */
  private static final Duration DELAY = Duration.ofMillis(60);

  private static final int WAITING = 6;

  private final DistantLedger ledger =
      new DistantLedger(LocalLedger.inMemory(Clock.systemUTC()), DELAY);
  private FakeProvider provider;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    Limits limits =
        Limits.of(
            new Budget(
                OptionalLong.empty(), OptionalLong.of(12_000), Window.DAY, OnLedgerLoss.DENY));
    Snapshot snapshot =
        new Snapshots()
            .limited(ProxyUnderTest.TOKEN, limits, "openai:*")
            .key("openai", provider.uri(), "sk-fake-provider-key")
            .build();
    proxy = ProxyUnderTest.start(snapshot, ledger);
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  /** Of a model whose input nobody can count, so that waiting is all there is. */
  private static String body(int length, int most) {
    return "{\"model\":\"gpt-9-fake\",\"stream\":true,\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"len=%d\"}]}"
        .formatted(most, length);
  }

  /** A call that holds most of the budget for some three seconds. */
  private HttpResponse<InputStream> holdAll() throws Exception {
    HttpResponse<InputStream> holding =
        Agent.open(proxy.uri(Agent.CHAT), body(30, 9_000), "x-fake-fault", "slowDrip=100");
    assertThat(holding.body().read()).isPositive();
    return holding;
  }

  @Test
  void aWaitingCallAsksOneQuestionAtATimeUntilItsPatienceIsOver() throws Exception {
    HttpResponse<InputStream> holding = holdAll();

    List<Integer> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < WAITING; i++) {
        calls.add(
            threads.submit(() -> Agent.post(proxy.uri(Agent.CHAT), body(5, 9_000)).statusCode()));
      }
      for (Future<Integer> call : calls) {
        answers.add(call.get());
      }
    }
    holding.body().readAllBytes();

    // Some are clamped to what is left beside the first; nobody is told two things.
    assertThat(answers).hasSize(WAITING).isSubsetOf(200, 402, 429);
    assertThat(ledger.asked()).isGreaterThan(2 * WAITING);
    assertThat(ledger.mostOpen()).isEqualTo(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(heldTokens()).isZero());
  }

  private long heldTokens() {
    return ledger
        .standing(AccountId.provider("openai"))
        .toCompletableFuture()
        .join()
        .in(Window.TOTAL)
        .held()
        .tokens();
  }
}
