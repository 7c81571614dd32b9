package io.keyfront.dataplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import io.keyfront.core.notice.Notice;
import io.keyfront.core.notice.NoticeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WebhooksTest extends WebhookProxies {
  @Test
  void twoProxiesTellEachThresholdAndTheExhaustionOnce() {
    Webhooks one = proxy(store.of("one"));
    Webhooks two = proxy(store.of("two"));

    for (int i = 0; i < 20; i++) {
      spend((i % 2 == 0 ? one : two).ledger(), "agent", 50);
    }
    assertThat(ask(one.ledger(), "agent", 1)).isInstanceOf(Admission.Denied.class);
    assertThat(ask(two.ledger(), "agent", 1)).isInstanceOf(Admission.Denied.class);

    await().until(() -> taken().containsAll(List.of(reached("agent", 100), EXHAUSTED)));
    awaitQuiet(one, two);
    assertThat(taken())
        .filteredOn(told -> told.contains("agent"))
        .containsExactlyInAnyOrder(
            reached("agent", 50), reached("agent", 80), reached("agent", 100), EXHAUSTED);
  }

  @Test
  void raisedLimitIsToldAnew() {
    Webhooks proxy = proxy(store.of("one"));
    spend(proxy.ledger(), "agent", 600);
    await().until(() -> taken().contains(reached("agent", 50)));

    limits.put("agent", 2_000L);
    snapshot = snapshot(webhook("/hook", "*"));
    spend(proxy.ledger(), "agent", 400);

    await().until(() -> taken().stream().filter(reached("agent", 50)::equals).count() == 2);
    assertThat(receiver.taken().getLast().at("/data/budget/limit").asText()).isEqualTo("0.000002");
  }

  @Test
  void noticeSaysWhoseBudgetStandsWhere() {
    Webhooks proxy = proxy(store.of("one"));

    spend(proxy.ledger(), "agent", 505);

    await().until(() -> !receiver.taken().isEmpty());
    Receiver.Received request = receiver.received.getFirst();
    assertThat(request.path()).isEqualTo("/hook?fake-secret-in-the-url");
    assertThat(request.json().path("data").toString())
        .isEqualTo(
            "{\"token\":{\"namespace\":\"team\",\"name\":\"agent\"},\"budget\":{\"unit\":\"usd\",\"window\":\"Total\",\"windowEnds\":null,\"limit\":\"0.000001\",\"spent\":\"0.000000505\",\"reserved\":\"0\",\"remaining\":\"0.000000495\",\"percent\":50,\"threshold\":50}}");
    assertThat(request.json().path("id").asText()).isEqualTo(request.header("webhook-id"));
    assertThat(request.header("x-keyfront-event")).isEqualTo("budget.threshold");
  }

  @Test
  void aProvidersBudgetIsToldUnderItsName() {
    Webhooks proxy = proxy(store.of("one"));
    AccountId provider = AccountId.provider("openai");
    HoldRequest request =
        new HoldRequest(
            new HoldId("of-a-provider", 1),
            List.of(new Claim(AccountId.token("uid-free"), Limits.NONE), claim(provider)),
            new Amount(600, 1),
            Instant.now().plusSeconds(10));
    Hold hold =
        ((Admission.Admitted) proxy.ledger().hold(request).toCompletableFuture().join()).hold();

    var _ = proxy.ledger().settle(hold, new Settlement.Known(Usage.of(1, 0), new Amount(600, 1)));

    await().until(() -> !receiver.taken().isEmpty());
    JsonNode told = receiver.taken().getFirst();
    assertThat(told.at("/data/provider").toString()).isEqualTo("{\"name\":\"openai\"}");
    assertThat(told.at("/data/budget/percent").asInt()).isEqualTo(60);
  }

  @Test
  void aSessionsBudgetIsToldOnceItsCallsHaveNamedIt() {
    Webhooks proxy = proxy(store.of("one"));
    AccountId session = AccountId.token("backend/user-7/a");
    HoldRequest request =
        new HoldRequest(
            new HoldId("of-a-session", 1),
            List.of(claim(session)),
            new Amount(600, 1),
            Instant.now().plusSeconds(10));
    Hold hold =
        ((Admission.Admitted) proxy.ledger().hold(request).toCompletableFuture().join()).hold();

    var _ = proxy.ledger().settle(hold, new Settlement.Known(Usage.of(1, 0), new Amount(600, 1)));

    await().until(() -> !receiver.taken().isEmpty());
    JsonNode told = receiver.taken().getFirst();
    assertThat(told.at("/data/session").toString())
        .isEqualTo("{\"namespace\":\"team\",\"issuer\":\"backend\",\"subject\":\"user-7/a\"}");
    assertThat(told.at("/data/budget/percent").asInt()).isEqualTo(60);
  }

  private Claim claim(AccountId account) {
    return new Claim(account, limit("agent"));
  }

  @Test
  void whatADeadProxyClaimedIsToldByAnotherWhenTheClaimIsOver() {
    NoticeStore dead = store.of("dead");
    NoticeStore alive = store.of("alive");
    List<NoticeStore.Claim> answers = new CopyOnWriteArrayList<>();
    Webhooks proxy =
        proxy(
            new NoticeStore() {
              @Override
              public CompletionStage<Claim> claim(String key, Duration lease) {
                if (answers.isEmpty()) {
                  var unused = dead.claim(key, Duration.ofMillis(400));
                }
                Claim told = alive.claim(key, lease).toCompletableFuture().join();
                answers.add(told);
                return CompletableFuture.completedFuture(told);
              }

              @Override
              public CompletionStage<Void> delivered(String key, Duration memory) {
                return alive.delivered(key, memory);
              }
            },
            pace(Duration.ofMillis(400), Duration.ofMillis(500)));

    spend(proxy.ledger(), "agent", 500);

    await().until(() -> taken().contains(reached("agent", 50)));
    assertThat(answers).startsWith(NoticeStore.Claim.ANOTHERS).endsWith(NoticeStore.Claim.MINE);
  }

  @Test
  void whatAnotherProxyChargedBeforeItDiedIsFound() {
    spend(ledger, "agent", 800);

    proxy(store.of("one"));

    await().until(() -> taken().containsAll(List.of(reached("agent", 50), reached("agent", 80))));
  }

  @Test
  void tokensThatWereMintedAndRevokedAreToldOnce() {
    recent.add(
        new Notice.TokenMinted(
            "uid-new", "team", "new", List.of("mock:*"), Optional.empty(), Instant.now()));
    Webhooks proxy = proxy(store.of("one"));
    await().until(() -> taken().contains("token.minted new -"));

    recent.add(new Notice.TokenRevoked("uid-new", "team", "new", Instant.now()));

    await().until(() -> taken().contains("token.revoked new -"));
    awaitQuiet(proxy);
    assertThat(taken()).filteredOn(told -> told.startsWith("token.")).hasSize(2);
    assertThat(receiver.taken().getFirst().at("/data/token/scopes/0").asText()).isEqualTo("mock:*");
  }
}
