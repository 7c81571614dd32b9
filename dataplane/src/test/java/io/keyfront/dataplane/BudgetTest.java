package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.ledger.Limits;
import io.keyfront.testkit.speech.Tokens;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Money and tokens, measured against the provider's own bill. */
class BudgetTest extends LimitedProxyTest {
  /** List prices of gpt-4o-mini, in pico-USD a token: 0.15 and 0.60 USD a million. */
  private static final long INPUT_PICO = 150_000;

  private static final long OUTPUT_PICO = 600_000;
  private static final long CENT = 10_000_000L;

  @Override
  Snapshots snapshot(Limits limits) {
    return new Snapshots()
        .limited(ProxyUnderTest.TOKEN, limits, "openai:*", "mock:*")
        .key("openai", provider.uri(), "sk-fake-provider-key");
  }

  private static String body(String prompt, boolean stream, String more) {
    return "{\"model\":\"gpt-4o-mini\",\"stream\":%s%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(stream, more, prompt);
  }

  private HttpResponse<String> call(String body, String... headers) {
    return Agent.post(proxy.uri(Agent.CHAT), body, headers);
  }

  private static String code(HttpResponse<String> answer) {
    return ProxyTest.json(answer.body()).at("/error/code").asText();
  }

  /** What the provider's own bill comes to, in nano-USD, not rounded call by call. */
  private long billedNano() {
    Tokens total = provider.bill().total();
    return Math.ceilDiv(total.totalInput() * INPUT_PICO + total.output() * OUTPUT_PICO, 1000L);
  }

  @Test
  void spendIsTheProvidersBillToTheNanoDollar() {
    limit(usd(CENT));

    assertThat(call(body("len=20", false, ",\"max_tokens\":300")).statusCode()).isEqualTo(200);

    assertThat(proxy.nextRecord().costNano()).contains(billedNano());
    JsonNode budget = self().at("/budget/usd");
    assertThat(budget.at("/limit").asText()).isEqualTo("0.01");
    assertThat(budget.at("/reserved").asText()).isEqualTo("0");
    assertThat(budget.at("/windowEnds").asText()).endsWith("T00:00:00Z");
  }

  @Test
  void aCallThatAskedForPriorityAndWasServedAtDefaultIsBilledAtDefault() {
    limit(usd(CENT));

    call(body("len=20", false, ",\"max_tokens\":300,\"service_tier\":\"priority\""));

    assertThat(provider.lastRequest().bodyText()).contains("\"service_tier\":\"priority\"");
    assertThat(proxy.nextRecord().costNano()).contains(billedNano());
  }

  @Test
  void facts409TwentyCallsAtOnceDoNotPassABudgetForThree() throws Exception {
    limit(usd(3 * 620_000));

    List<Integer> answers =
        together(20, () -> call(body("len=600", false, ",\"max_tokens\":1000")).statusCode());

    assertThat(answers).contains(200).containsAnyOf(402, 429);
    assertThat(billedNano()).isLessThanOrEqualTo(3 * 620_000);
  }

  @Test
  void facts407AClientThatHangsUpPaysForWhatItMayHaveUsed() throws Exception {
    limit(usd(CENT));

    try (InputStream answer =
        Agent.open(proxy.uri(Agent.CHAT), body("len=5000", true, ",\"max_tokens\":9000")).body()) {
      assertThat(answer.read()).isPositive();
    }

    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
    assertThat(spentNano()).isGreaterThanOrEqualTo(billedNano()).isPositive();
  }

  @Test
  void facts408AMissingUsageIsChargedInFull() {
    limit(usd(CENT));

    call(body("len=20", false, ",\"max_tokens\":300"), "x-fake-fault", "noUsage");

    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
    assertThat(spentNano()).isGreaterThanOrEqualTo(billedNano()).isPositive();
  }

  @Test
  void facts410AFailedStreamEndsItsHoldOnce() {
    limit(usd(CENT));

    call(body("len=50", true, ",\"max_tokens\":300"), "x-fake-fault", "resetAfterEvents=4");

    proxy.nextRecord();
    assertThat(self().at("/budget/usd/reserved").asText()).isEqualTo("0");
    assertThat(self().at("/callsInFlight").asInt()).isZero();
    assertThat(spentNano()).isGreaterThanOrEqualTo(billedNano());
  }

  @Test
  void facts414AConcurrencyCapLastsAsLongAsTheStream() throws Exception {
    limit(Limits.NONE.withConcurrency(1));
    HttpResponse<InputStream> first =
        Agent.open(
            proxy.uri(Agent.CHAT), body("len=50", true, ""), "x-fake-fault", "slowDrip=40/100");
    assertThat(first.body().read()).isPositive();

    assertThat(code(call(body("hi", false, "")))).isEqualTo("too_many_calls");

    first.body().readAllBytes();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> call(body("hi", false, "")).statusCode() == 200);
  }

  @Test
  void facts416AModelWithoutAPriceIsRefusedUnderABudgetInUsd() {
    limit(usd(CENT));

    HttpResponse<String> answer =
        call(body("hi", false, "").replace("gpt-4o-mini", "nobody-knows-this-model"));

    IdentityTest.refused(answer, 403, "model_unpriced");
    assertThat(provider.bill().calls()).isEmpty();
  }

  @Test
  void aCallThatIsTooLargeIsClampedToWhatIsLeft() {
    limit(tokens(3000));

    HttpResponse<String> answer = call(body("len=20", false, ",\"max_tokens\":100000"));

    assertThat(answer.statusCode()).isEqualTo(200);
    long most = Long.parseLong(answer.headers().firstValue("x-keyfront-max-output").orElseThrow());
    assertThat(most).isBetween(256L, 3000L);
    assertThat(provider.lastRequest().bodyText()).contains("\"max_tokens\":" + most);
  }

  @Test
  void aCallThatCannotBeMadeToFitIsTerminalAndSaysWhatWould() {
    limit(tokens(500));

    HttpResponse<String> answer = call(body("hi", false, ",\"max_tokens\":100000"));

    IdentityTest.refused(answer, 402, "call_too_large");
    assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
  }

  @Test
  void aSpentBudgetIsTerminalAndSaysWhenTheWindowEnds() {
    limit(tokens(2000));
    call(body("len=700", false, ",\"max_tokens\":800"));
    limit(tokens(100));

    HttpResponse<String> answer = call(body("hi", false, ",\"max_tokens\":300"));

    IdentityTest.refused(answer, 402, "budget_exhausted");
    assertThat(answer.body()).contains("T00:00:00Z");
  }

  @Test
  void aBudgetOfZeroAllowsNothing() {
    limit(usd(0));

    IdentityTest.refused(call(body("hi", false, "")), 402, "budget_exhausted");
  }

  @Test
  void whatRunsInTheBackgroundIsRefusedUnderABudget() {
    limit(usd(CENT));

    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.RESPONSES),
            "{\"model\":\"gpt-4o-mini\",\"background\":true,\"input\":\"hi\"}");

    IdentityTest.refused(answer, 400, "background_refused");
  }

  @Test
  void aRateSaysWhenToComeBackAndHowMuchIsLeft() {
    limit(Limits.NONE.withRequestsPerMinute(2));

    HttpResponse<String> first = call(body("hi", false, ""));
    call(body("hi", false, ""));
    HttpResponse<String> third = call(body("hi", false, ""));

    assertThat(first.headers().firstValue("ratelimit")).hasValue("\"requests\";r=1;t=30");
    assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).hasValue("1");
    IdentityTest.refused(third, 429, "rate_limited");
    assertThat(Long.parseLong(third.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(25L, 30L);
  }

  @Test
  void theMockIsFreeAndThePricedMockIsNot() {
    limit(usd(CENT));

    call(body("hi", false, "").replace("gpt-4o-mini", "mock"));
    assertThat(proxy.nextRecord().costNano()).contains(0L);
    call(body("hi", false, ",\"max_tokens\":300").replace("gpt-4o-mini", "mock-priced"));

    assertThat(proxy.nextRecord().costNano().orElseThrow()).isPositive();
  }

  private long spentNano() {
    return new BigDecimal(self().at("/budget/usd/spent").asText())
        .movePointRight(9)
        .longValueExact();
  }

  private static <T> List<T> together(int calls, Callable<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> answers = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        answers.add(threads.submit(call));
      }
      List<T> told = new ArrayList<>();
      for (Future<T> answer : answers) {
        told.add(answer.get());
      }
      return told;
    }
  }
}
