package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.Fault;
import io.keyfront.testkit.RecordedRequest;
import io.keyfront.testkit.speech.Tokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that their bytes would have refused, and their tokens do not. */
class ExactCountTest {
  private static final String CLAUDE = "/anthropic/v1/messages?beta=true";
  private static final String SENTENCE = "The proxy counts each word before it says no. ";

  /** Some 60,000 bytes, of 13,000 tokens or so. */
  private static final String LONG = SENTENCE.repeat(1_300);

  private FakeProvider provider;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    proxy = ProxyUnderTest.start(snapshot(30_000));
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  private io.keyfront.core.snapshot.Snapshot snapshot(long tokens) {
    Limits limits =
        Limits.of(
            new Budget(
                OptionalLong.empty(), OptionalLong.of(tokens), Window.DAY, OnLedgerLoss.DENY));
    return new Snapshots()
        .limited(ProxyUnderTest.TOKEN, limits, "openai:*", "anthropic:*", "gemini:*", "mock:*")
        .key("openai", provider.uri(), "sk-fake-provider-key")
        .key("anthropic", provider.uri(), "sk-fake-anthropic-key")
        .key("gemini", provider.uri(), "fake-gemini-key")
        .build();
  }

  private static String chat(String model, String prompt) {
    return "{\"model\":\"%s\",\"max_tokens\":500,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(model, prompt);
  }

  private static String gemini(String prompt) {
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}],\"generationConfig\":{\"maxOutputTokens\":500}}"
        .formatted(prompt);
  }

  private HttpResponse<String> claude(String prompt) {
    return Agent.post(
        proxy.uri(CLAUDE),
        chat("claude-sonnet-4-5", prompt),
        "anthropic-version",
        "2023-06-01",
        "anthropic-beta",
        "fake-beta-2025");
  }

  private List<String> asked() {
    return provider.requests().stream().map(RecordedRequest::path).toList();
  }

  private void isWithin(long tokens) {
    Tokens bill = provider.bill().total();
    assertThat(bill.totalInput() + bill.output()).isPositive().isLessThanOrEqualTo(tokens);
  }

  @Test
  void facts427AgentsWithMoneyLeftAreNotStarvedByWhatTheirBytesCouldCost() {
    String body = chat("gpt-4o-mini", SENTENCE.repeat(900));
    // The first may have to do without its count, while the vocabulary is read.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Agent.post(proxy.uri(Agent.CHAT), body).statusCode() == 200);

    HttpResponse<String> answer = Agent.post(proxy.uri(Agent.CHAT), body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-keyfront-max-output")).isEmpty();
    isWithin(30_000);
  }

  @Test
  void theMockCountsAsItWillBill() {
    HttpResponse<String> answer =
        Agent.post(proxy.uri("/mock/v1/chat/completions"), chat("mock-priced", LONG));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("x-keyfront-max-output")).isEmpty();
    assertThat(Agent.post(proxy.uri("/mock/v1/chat/completions"), chat("mock", LONG.repeat(3))))
        .as("more than is left, however exactly it is counted")
        .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(402));
  }

  @Test
  void anthropicItselfCountsWhatDoesNotFitByItsBytes() {
    HttpResponse<String> answer = claude(LONG);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(asked()).containsExactly("/v1/messages/count_tokens", "/v1/messages");
    RecordedRequest count = provider.requests().getFirst();
    assertThat(count.header("x-api-key")).hasValue("sk-fake-anthropic-key");
    assertThat(count.header("anthropic-beta")).hasValue("fake-beta-2025");
    assertThat(count.bodyText()).contains("claude-sonnet-4-5").doesNotContain("max_tokens");
    isWithin(30_000);
  }

  @Test
  void geminiItselfCountsWhatDoesNotFitByItsBytes() {
    HttpResponse<String> answer = Agent.post(proxy.uri(Agent.GEMINI), gemini(LONG));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(asked())
        .containsExactly(
            "/v1beta/models/gemini-2.5-flash:countTokens",
            "/v1beta/models/gemini-2.5-flash:generateContent");
    assertThat(provider.requests().getFirst().bodyText())
        .startsWith(
            "{\"generateContentRequest\":{\"model\":\"models/gemini-2.5-flash\",\"contents\":");
    isWithin(30_000);
  }

  @Test
  void whatFitsIsNeverCounted() {
    assertThat(claude("hello").statusCode()).isEqualTo(200);

    assertThat(asked()).containsExactly("/v1/messages");
  }

  @Test
  void whatCannotFitWhateverItsInputIsIsNeverCounted() {
    proxy.use(snapshot(200));

    IdentityTest.refused(claude(LONG), 402, "call_too_large");

    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void whatIsTooLargeByItsTokensTooIsRefusedAfterOneCount() {
    proxy.use(snapshot(9_000));

    IdentityTest.refused(claude(LONG), 402, "call_too_large");

    assertThat(asked()).containsExactly("/v1/messages/count_tokens");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 429, 500})
  void aCountThatIsRefusedLeavesTheRefusalAsItWas(int status) {
    provider.script(new Fault.Status(status));

    IdentityTest.refused(claude(LONG), 402, "call_too_large");
    assertThat(asked()).containsExactly("/v1/messages/count_tokens");
  }

  @Test
  void aCountThatIsNoJsonLeavesTheRefusalAsItWas() {
    provider.script(new Fault.BadJson());

    IdentityTest.refused(claude(LONG), 402, "call_too_large");
  }

  @Test
  void aCountThatNeverComesIsGivenUpInTime() {
    provider.script(new Fault.StallBeforeHeaders());
    long start = System.nanoTime();

    IdentityTest.refused(claude(LONG), 402, "call_too_large");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_800));
    assertThat(proxy.nextRecord().settlement()).isEmpty();
  }

  @Test
  void aCountThatStopsMidwayIsGivenUpInTime() {
    provider.script(new Fault.StallAfterEvents(0));
    long start = System.nanoTime();

    IdentityTest.refused(claude(LONG), 402, "call_too_large");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_800));
  }

  @Test
  void aModelWhoseVocabularyNobodyPublishedIsBoundedByItsBytes() {
    IdentityTest.refused(
        Agent.post(proxy.uri(Agent.CHAT), chat("gpt-9-fake", LONG)), 402, "call_too_large");
  }

  @Test
  void whatTheBodyDoesNotShowIsNotCounted() {
    String body =
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":500,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"url\",\"url\":\"https://example.com/a.pdf\"}}]}]}";

    IdentityTest.refused(Agent.post(proxy.uri(Agent.MESSAGES), body), 402, "call_too_large");

    assertThat(provider.requests()).isEmpty();
  }
}
