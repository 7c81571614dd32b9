package io.keyfront.dataplane.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.notice.Notice;
import io.keyfront.core.notice.NoticeStore;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.ledger.local.LocalLedger;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final String SECRET = "fake-webhook-key-of-32-bytes-000";
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final Pace FAST = pace(Duration.ofSeconds(8), Duration.ofSeconds(9));

  private final Receiver receiver = new Receiver();
  private final LocalLedger ledger = LocalLedger.inMemory(Clock.systemUTC());
  private final SharedNotices store = new SharedNotices();
  private final List<Notice> recent = new CopyOnWriteArrayList<>();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Webhooks> started = new ArrayList<>();
  private final Map<String, Long> limits = new HashMap<>(Map.of("agent", 1_000L, "other", 10L));

  private volatile Snapshot snapshot = snapshot(webhook("/hook?fake-secret-in-the-url", "*"));

  /** Looks often, retries soon. */
  private static Pace pace(Duration answer, Duration lease) {
    return new Pace(
        Duration.ofMillis(20),
        answer,
        lease,
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMinutes(1),
        100);
  }

  /** The first connection of a busy machine takes its time. */
  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(40));
  }

  @AfterEach
  void stop() {
    started.forEach(Webhooks::close);
    receiver.close();
  }

  @AfterAll
  static void stopVertx() {
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  private Webhook webhook(String path, String... events) {
    return new Webhook(
        "ops",
        receiver.uri(path),
        SecretText.of(SECRET),
        List.of(events).stream().map(Glob::of).toList(),
        Webhook.DEFAULT_THRESHOLDS,
        true);
  }

  private Limits limit(String name) {
    return Limits.of(
        new Budget(
            OptionalLong.of(limits.getOrDefault(name, 0L)),
            OptionalLong.empty(),
            Window.TOTAL,
            OnLedgerLoss.DENY));
  }

  private Snapshot snapshot(Webhook... webhooks) {
    Map<TokenHash, TokenPolicy> tokens = new HashMap<>();
    for (String name : limits.keySet()) {
      Identity identity =
          new Identity(
              "uid-" + name,
              "team",
              name,
              TokenFormat.OPAQUE,
              Scope.of(List.of("*")),
              Optional.empty(),
              CidrSet.ANY,
              limit(name),
              Optional.empty());
      tokens.put(TokenHash.of("kf_fake-" + name), new TokenPolicy(identity, false));
    }
    return new Snapshot(
        "test",
        tokens,
        List.of(),
        List.of(),
        ProviderCatalog.builtIn(),
        Settings.DEFAULT.withWebhooks(List.of(webhooks)));
  }

  private Webhooks proxy(NoticeStore notices) {
    return proxy(notices, FAST);
  }

  private Webhooks proxy(NoticeStore notices, Pace pace) {
    Webhooks webhooks =
        Webhooks.of(
            new Webhooks.Parts(
                VERTX,
                () -> snapshot,
                ledger,
                notices,
                () -> recent,
                metrics,
                Optional.empty(),
                Clock.systemUTC()),
            pace);
    webhooks.begin();
    started.add(webhooks);
    return webhooks;
  }

  private Admission ask(Ledger through, String name, long nano) {
    Claim claim = new Claim(AccountId.token("uid-" + name), limit(name));
    HoldId id = new HoldId("call-" + CALLS.incrementAndGet(), 1);
    HoldRequest request =
        new HoldRequest(id, List.of(claim), new Amount(nano, 1), Instant.now().plusSeconds(10));
    return through.hold(request).toCompletableFuture().join();
  }

  private void spend(Ledger through, String name, long nano) {
    Hold hold = ((Admission.Admitted) ask(through, name, nano)).hold();
    through
        .settle(hold, new Settlement.Known(Usage.of(1, 0), new Amount(nano, 1)))
        .toCompletableFuture()
        .join();
  }

  private List<String> taken() {
    return receiver.taken().stream().map(WebhooksTest::text).toList();
  }

  private static String text(JsonNode body) {
    return "%s %s %s"
        .formatted(
            body.path("type").asText(),
            body.at("/data/token/name").asText(),
            body.at("/data/budget/threshold").asText("-"));
  }

  private static final String EXHAUSTED = "budget.exhausted agent -";

  private static String reached(String name, int percent) {
    return "budget.threshold %s %d".formatted(name, percent);
  }

  /** What comes after it cannot have been missed: everything before is through. */
  private void awaitQuiet(Webhooks... proxies) {
    spend(proxies[0].ledger(), "other", 10);
    await().until(() -> taken().contains(reached("other", 100)));
    for (Webhooks proxy : proxies) {
      await().until(() -> proxy.pending() == 0);
    }
  }

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
  void receiverCanCheckTheSignature() throws Exception {
    Webhooks proxy = proxy(store.of("one"));
    spend(proxy.ledger(), "agent", 500);
    await().until(() -> !receiver.taken().isEmpty());

    Receiver.Received request = receiver.received.getFirst();
    String sent = request.header("webhook-timestamp");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    mac.update((request.header("webhook-id") + "." + sent + ".").getBytes(UTF_8));
    String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body()));

    assertThat(request.header("webhook-signature")).isEqualTo(expected);
    assertThat(Instant.ofEpochSecond(Long.parseLong(sent)))
        .isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(request.header("x-proxyagent-signature")).startsWith("sha256=");
  }

  @Test
  void receiverThatWasDownIsToldWhenItIsBackUnderTheSameId() {
    Webhooks proxy = proxy(store.of("one"));
    receiver.status = 500;
    spend(proxy.ledger(), "agent", 500);
    await().until(() -> receiver.received.size() >= 3);

    receiver.status = 200;

    await().until(() -> taken().contains(reached("agent", 50)));
    assertThat(receiver.received.stream().map(request -> request.header("webhook-id")).distinct())
        .hasSize(1);
    assertThat(
            metrics
                .counter("keyfront.webhook.deliveries", "webhook", "ops", "result", "failed")
                .count())
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void redirectIsNotFollowedAndCountsAsFailure() {
    Webhooks proxy = proxy(store.of("one"));
    receiver.status = 307;

    spend(proxy.ledger(), "agent", 500);

    await().until(() -> receiver.received.size() >= 2);
    assertThat(receiver.received).noneMatch(request -> request.path().equals("/elsewhere"));
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
  void receiverThatIsGoneIsLeftAloneUntilItIsConfiguredOtherwise() {
    Webhooks proxy = proxy(store.of("one"));
    receiver.status = 410;
    spend(proxy.ledger(), "agent", 500);
    await().until(() -> receiver.received.size() == 1 && proxy.pending() == 0);
    receiver.status = 200;
    spend(proxy.ledger(), "agent", 300);
    proxy.drain(Duration.ofSeconds(5));
    assertThat(receiver.received).hasSize(1);

    snapshot = snapshot(webhook("/other", "*"));
    proxy(store.of("two"));

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

  @Test
  void webhookHearsOfNothingThatItDidNotAskFor() {
    snapshot = snapshot(webhook("/hook", "token.minted"));
    Webhooks proxy = proxy(store.of("one"));
    spend(proxy.ledger(), "agent", 1_000);
    recent.add(new Notice.TokenRevoked("uid-new", "team", "new", Instant.now()));
    recent.add(
        new Notice.TokenMinted(
            "uid-new", "team", "new", List.of(), Optional.empty(), Instant.now()));

    await().until(() -> !receiver.taken().isEmpty());
    await().until(() -> proxy.pending() == 0);

    assertThat(taken()).containsExactly("token.minted new -");
  }

  @Test
  void lastChargeBeforeTheStopIsStillTold() {
    Pace slow =
        new Pace(
            Duration.ofHours(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            100);
    Webhooks proxy = proxy(store.of("one"), slow);
    spend(proxy.ledger(), "agent", 500);

    proxy.drain(Duration.ofSeconds(10));

    assertThat(taken()).containsExactly(reached("agent", 50));
  }

  @Test
  void testEventGoesToItsWebhookWhateverItWants() {
    snapshot = snapshot(webhook("/hook", "token.minted"));
    Webhooks proxy = proxy(store.of("one"));

    assertThat(proxy.test("ops")).contains(new Answer.Answered(204));
    assertThat(receiver.taken().getFirst().path("type").asText()).isEqualTo("webhook.test");
    assertThat(proxy.test("unknown")).isEmpty();

    receiver.close();
    assertThat(proxy.test("ops").orElseThrow()).isInstanceOf(Answer.Unanswered.class);
  }

  @Test
  void neitherSecretNorUrlIsEverLogged() {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("io.keyfront.dataplane.webhook");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            Object[] parameters = entry.getParameters();
            lines.add(
                entry.getMessage() + List.of(parameters == null ? new Object[0] : parameters));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
    try {
      Webhooks proxy = proxy(store.of("one"));
      receiver.status = 500;
      spend(proxy.ledger(), "agent", 500);
      await().until(() -> !lines.isEmpty());
      receiver.close();
      snapshot = snapshot(webhook("/hook?fake-secret-in-the-url", "budget.*"));
      int before = lines.size();
      await().until(() -> lines.size() > before);
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(null);
    }

    assertThat(lines)
        .noneMatch(line -> line.contains(SECRET) || line.contains("fake-secret-in-the-url"));
  }
}
