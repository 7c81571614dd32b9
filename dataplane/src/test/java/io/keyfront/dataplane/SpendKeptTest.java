package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.ledger.local.Journal;
import io.keyfront.ledger.local.JournalOptions;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.speech.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was spent stays spent, and what is not stays there to be spent: with a journal on the disk.
 */
class SpendKeptTest {
  private static final int SMALLEST = 64 * 1024;
  private static final int MOST_CALLS = 2_000;
  private static final String CHAT =
      "{\"model\":\"gpt-4o-mini\",\"stream\":%s,\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

  @TempDir private Path folder;
  private FakeProvider provider;
  private Journal journal;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() throws IOException {
    provider = FakeProvider.start();
    open();
  }

  private void open() throws IOException {
    journal =
        Journal.open(JournalOptions.in(folder).withSizes(SMALLEST, SMALLEST), Clock.systemUTC());
    proxy = ProxyUnderTest.start(Snapshot.EMPTY, DataplaneOptions.DEFAULT, journal.ledger());
  }

  @AfterEach
  void stop() {
    close();
    provider.close();
  }

  private void close() {
    proxy.close();
    journal.close();
  }

  private void limit(long tokens) {
    Budget budget =
        new Budget(OptionalLong.empty(), OptionalLong.of(tokens), Window.TOTAL, OnLedgerLoss.DENY);
    proxy.use(
        new Snapshots()
            .limited(ProxyUnderTest.TOKEN, Limits.of(budget), "openai:*")
            .key("openai", provider.uri(), "sk-fake-provider-key")
            .build());
  }

  private HttpResponse<String> call(int most, String prompt) {
    return Agent.post(proxy.uri(Agent.CHAT), CHAT.formatted(false, most, prompt));
  }

  private JsonNode budget() {
    return ProxyTest.json(Agent.get(proxy.uri("/v1/self")).body()).at("/budget/tokens");
  }

  private long spent() {
    return budget().path("spent").asLong();
  }

  private long billed() {
    Tokens total = provider.bill().total();
    return total.totalInput() + total.output();
  }

  @Test
  void facts415TrimmingLogsGivesNoBudgetBack() throws Exception {
    limit(10_000_000);
    callUntilTheJournalIsTrimmed();
    long billed = billed();
    proxy.records().clear();

    assertThat(spent()).isEqualTo(billed).isPositive();
    close();
    open();
    limit(billed);

    assertThat(spent()).isEqualTo(billed);
    IdentityTest.refused(call(300, "hi"), 402, "budget_exhausted");
    assertThat(billed()).isEqualTo(billed);
  }

  private void callUntilTheJournalIsTrimmed() throws IOException {
    Path oldest = oldestSegment();
    try (var agents = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int agent = 0; agent < 4; agent++) {
        agents.execute(
            () -> {
              for (int calls = 0; calls < MOST_CALLS && Files.exists(oldest); calls++) {
                call(300, "len=2");
              }
            });
      }
    }
    assertThat(oldest).doesNotExist();
  }

  private Path oldestSegment() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".journal"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void facts426CancelledCallsLeaveNoHoldAndWhatIsLeftCanBeSpent() throws Exception {
    limit(10_000);
    leaveInTheMiddleOfAStream();
    leaveAProviderThatSaysNothing();
    long left = budget().path("remaining").asLong();

    HttpResponse<String> rest = call(100_000, "len=20");

    assertThat(rest.statusCode()).isEqualTo(200);
    assertThat(Long.parseLong(rest.headers().firstValue("x-keyfront-max-output").orElseThrow()))
        .isGreaterThan(left / 2);
    assertThat(budget().path("reserved").asLong()).isZero();
    assertThat(spent()).isGreaterThanOrEqualTo(billed()).isLessThanOrEqualTo(10_000);
    assertThat(billed()).isPositive();
  }

  private void leaveInTheMiddleOfAStream() throws IOException {
    try (InputStream answer =
        Agent.open(
                proxy.uri(Agent.CHAT),
                CHAT.formatted(true, 1_000, "len=900"),
                "x-fake-fault",
                "slowDrip=1000")
            .body()) {
      assertThat(answer.read()).isPositive();
    }
    assertNothingIsHeld();
  }

  private void leaveAProviderThatSaysNothing() {
    var asked =
        Agent.later(
            proxy.uri(Agent.CHAT),
            CHAT.formatted(false, 1_000, "len=900"),
            "x-fake-fault",
            "stallBeforeHeaders");
    Awaitility.await().until(() -> budget().path("reserved").asLong() > 0);
    asked.cancel(true);
    assertNothingIsHeld();
  }

  private void assertNothingIsHeld() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> budget().path("reserved").asLong() == 0);
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
  }
}
