package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.TokenHash;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.ledger.local.LocalLedger;
import io.keyfront.testkit.speech.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Official SDKs stop where a refusal is terminal; else they wait, come again and have their answer.
 */
class SdkLimitsTest extends SdkTest {
  private static final long TEN_CENTS = 100_000_000;
  private static final String PROMPT = "len=3";
  private static final String ANSWER = "word1 word2 word3";

  private final LocalLedger near = LocalLedger.inMemory(Clock.systemUTC());
  private final AwayLedger ledger = new AwayLedger(near);
  private String token = "";
  private int calls;

  /** With the usual patience: a call that waits for room may have to be counted as well. */
  @Override
  ProxyUnderTest startProxy() {
    return ProxyUnderTest.start(Snapshot.EMPTY, DataplaneOptions.DEFAULT, ledger);
  }

  /** An account that nobody has used. */
  @BeforeEach
  void takeAnotherToken() {
    token = "kf_fake-token-" + UUID.randomUUID();
  }

  private void limit(Limits limits) {
    proxy.use(
        new Snapshots()
            .limited(token, limits, "*")
            .key("anthropic", provider.uri(), KEY)
            .key("openai", provider.uri(), KEY)
            .key("gemini", provider.uri(), KEY)
            .build());
  }

  private static Limits usd(long nano) {
    return Limits.of(
        new Budget(OptionalLong.of(nano), OptionalLong.empty(), Window.DAY, OnLedgerLoss.DENY));
  }

  private String ask(Sdk sdk) {
    return sdk.ask(this, token, PROMPT);
  }

  @ParameterizedTest
  @EnumSource
  void spentBudgetIsToldOnceAndTheSdkStops(Sdk sdk) {
    limit(usd(TEN_CENTS));
    assertThat(ask(sdk)).isEqualTo(ANSWER);
    assertThat(proxy.nextRecord().costNano().orElseThrow()).isPositive();
    provider.clearRequests();
    limit(usd(1));

    Sdk.Refusal refusal = Sdk.Refusal.of(catchThrowable(() -> ask(sdk)));

    isTerminal(sdk, refusal, "budget_exhausted");
    assertThat(refusal.message())
        .contains("This token has spent its budget of 0.000000001 USD.")
        .contains("The next window begins at ");
    assertRefusedOnce(402);
  }

  @ParameterizedTest
  @EnumSource
  void callLargerThanWhatIsLeftIsToldOnceWithTheLargestThatFits(Sdk sdk) {
    limit(usd(50_000));
    Tokens billed = provider.bill().total();

    Sdk.Refusal refusal = Sdk.Refusal.of(catchThrowable(() -> ask(sdk)));

    isTerminal(sdk, refusal, "call_too_large");
    assertThat(refusal.message()).contains("the largest that fits").contains("0.00005 USD");
    assertThat(statuses()).containsExactly(402);
    assertThat(provider.bill().total()).isEqualTo(billed);
  }

  @ParameterizedTest
  @EnumSource
  void rateUsedUpIsWaitedForAsLongAsItWasSaid(Sdk sdk) {
    limit(Limits.NONE.withRequestsPerMinute(1));
    ask(sdk);
    CallRecord before = proxy.nextRecord();
    // The minute is used up: one more passes when a 24th of it has gone by.
    limit(Limits.NONE.withRequestsPerMinute(24));

    assertThat(ask(sdk)).isEqualTo(ANSWER);

    List<CallRecord> told = records();
    isRefusedFirst(sdk, told, 429, "rate_limited");
    assertThat(Duration.between(before.time(), told.getLast().time()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(2400));
  }

  @ParameterizedTest
  @EnumSource
  void budgetHeldByACallUnderWayIsWaitedFor(Sdk sdk) {
    Limits limits = usd(TEN_CENTS);
    limit(limits);
    Hold other = held(limits, new Amount(TEN_CENTS, 100));

    answersOnceEnded(sdk, other, "budget_held");
  }

  @ParameterizedTest
  @EnumSource
  void placeOfACallUnderWayIsWaitedFor(Sdk sdk) {
    Limits limits = Limits.NONE.withConcurrency(1);
    limit(limits);
    Hold other = held(limits, Amount.ZERO);

    answersOnceEnded(sdk, other, "too_many_calls");
  }

  @ParameterizedTest
  @EnumSource
  void ledgerThatIsAwayIsTriedUntilItIsBack(Sdk sdk) {
    limit(usd(TEN_CENTS));
    ledger.leaveFor(2);

    assertThat(ask(sdk)).isEqualTo(ANSWER);

    List<CallRecord> told = records();
    assertThat(told).extracting(CallRecord::status).containsExactly(503, 503, 200);
    assertThat(told.getFirst().code()).hasValue("ledger_unavailable");
    assertThat(provider.requests()).hasSize(1);
    if (sdk != Sdk.GEMINI) {
      assertPauses(told, Duration.ofSeconds(1));
    }
  }

  /** A call of another proxy, which shares the ledger. */
  private Hold held(Limits limits, Amount amount) {
    Claim claim = new Claim(AccountId.token("uid-" + TokenHash.of(token).prefix()), limits);
    HoldId id = new HoldId("another-proxys-" + calls++, 1);
    Instant soon = Instant.now().plus(Duration.ofMinutes(1));
    Admission admission =
        near.hold(new HoldRequest(id, List.of(claim), amount, soon)).toCompletableFuture().join();
    return ((Admission.Admitted) admission).hold();
  }

  private void answersOnceEnded(Sdk sdk, Hold other, String code) {
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ask(sdk));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !proxy.records().isEmpty());
    near.settle(other, new Settlement.Released());

    assertThat(answer.join()).isEqualTo(ANSWER);
    isRefusedFirst(sdk, records(), 429, code);
  }

  /** Google's SDK comes again by its own clock, so perhaps more than once too early. */
  private void isRefusedFirst(Sdk sdk, List<CallRecord> told, int status, String code) {
    List<CallRecord> refusals = told.subList(0, told.size() - 1);
    assertThat(told.getLast().status()).isEqualTo(200);
    assertThat(refusals).isNotEmpty().allSatisfy(r -> assertThat(r.status()).isEqualTo(status));
    assertThat(refusals).allSatisfy(r -> assertThat(r.code()).hasValue(code));
    if (sdk != Sdk.GEMINI) {
      assertThat(refusals).hasSize(1);
    }
  }

  private static void isTerminal(Sdk sdk, Sdk.Refusal refusal, String code) {
    assertThat(refusal.status()).isEqualTo(402);
    if (sdk == Sdk.GEMINI) {
      assertThat(refusal.code()).isEmpty();
    } else {
      assertThat(refusal.code()).hasValue(code);
    }
  }

  private static void assertPauses(List<CallRecord> told, Duration least) {
    IntStream.range(1, told.size())
        .forEach(
            i -> {
              CallRecord refused = told.get(i - 1);
              Instant end = refused.time().plusNanos(refused.durationNanos());
              assertThat(Duration.between(end, told.get(i).time())).isGreaterThan(least);
            });
  }

  private List<Integer> statuses() {
    return records().stream().map(CallRecord::status).toList();
  }

  private List<CallRecord> records() {
    Awaitility.await().until(() -> proxy.dataplane().activeCalls() == 0);
    assertThat(near.inFlight()).isZero();
    return List.copyOf(proxy.records());
  }
}
