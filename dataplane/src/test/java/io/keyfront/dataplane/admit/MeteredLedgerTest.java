package io.keyfront.dataplane.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.ledger.local.LocalLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MeteredLedgerTest {
  private static final AccountId ACCOUNT = AccountId.token("t");
  private static final HoldRequest REQUEST = request("call");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Answering answering = new Answering();
  private final MeteredLedger ledger = new MeteredLedger(answering, registry);

  /** A ledger that is far away and says what it is told to. */
  private static final class Answering extends ForwardingLedger {
    private CompletableFuture<Admission> answer = new CompletableFuture<>();

    Answering() {
      super(LocalLedger.inMemory(Clock.systemUTC()));
    }

    @Override
    public CompletionStage<Admission> hold(HoldRequest request) {
      answer = new CompletableFuture<>();
      return answer;
    }
  }

  private static HoldRequest request(String call) {
    return new HoldRequest(
        new HoldId(call, 1), List.of(new Claim(ACCOUNT, Limits.NONE)), Amount.ZERO, Instant.MAX);
  }

  private static Hold hold(HoldId id) {
    return new Hold(id, List.of(ACCOUNT), Amount.ZERO, Instant.EPOCH);
  }

  private void told(Admission admission) {
    CompletionStage<Admission> asked = ledger.hold(REQUEST);
    answering.answer.complete(admission);
    assertThat(asked.toCompletableFuture().join()).isEqualTo(admission);
  }

  private double holds(String outcome) {
    return registry.get("keyfront.holds").tag("outcome", outcome).counter().count();
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Test
  void holdOfACallIsOpenUntilItIsSettledAndItsWaitIsTimed() {
    told(new Admission.Admitted(hold(REQUEST.id()), Headroom.UNLIMITED));

    assertThat(holds("admitted")).isEqualTo(1);
    assertThat(gauge("keyfront.holds.open")).isEqualTo(1);
    assertThat(registry.get("keyfront.ledger.latency").timer().count()).isEqualTo(1);

    ledger.settle(hold(REQUEST.id()), new Settlement.Released());

    assertThat(gauge("keyfront.holds.open")).isZero();
  }

  @Test
  void ledgerIsUpAgainAsSoonAsItAnswersNoMatterWhat() {
    told(new Admission.Unavailable("away"));
    assertThat(gauge("keyfront.ledger.up")).isZero();
    assertThat(holds("unavailable")).isEqualTo(1);

    told(new Admission.Denied(new Shortage.TooLate(ACCOUNT)));
    assertThat(gauge("keyfront.ledger.up")).isEqualTo(1);
    assertThat(holds("denied")).isEqualTo(1);
    assertThat(gauge("keyfront.holds.open")).isZero();
  }

  @Test
  void callThatIsServedInTheLedgersSteadIsCountedAsAlone() {
    Hold ofTheStandIn = hold(new HoldId("call/alone", 1));

    told(new Admission.Admitted(ofTheStandIn, Headroom.UNLIMITED));

    assertThat(holds("alone")).isEqualTo(1);
    assertThat(holds("admitted")).isZero();
    assertThat(gauge("keyfront.ledger.up")).isZero();
    ledger.settle(ofTheStandIn, new Settlement.Released());
    assertThat(gauge("keyfront.holds.open")).isZero();
  }

  @Test
  void callThatNoLedgerHeldIsAloneTooAndLeavesTheGaugeAsItIs() {
    ledger.settle(hold(REQUEST.id().unheard()), new Settlement.Released());

    assertThat(holds("alone")).isEqualTo(1);
    assertThat(gauge("keyfront.holds.open")).isZero();
  }

  @Test
  void ledgerThatAnswersAtOnceIsNotTimed() {
    var near = new MeteredLedger(LocalLedger.inMemory(Clock.systemUTC()), registry);

    near.hold(request("near")).toCompletableFuture().join();

    assertThat(registry.get("keyfront.ledger.latency").timer().count()).isZero();
    assertThat(holds("admitted")).isEqualTo(1);
  }
}
