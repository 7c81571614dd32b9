package io.keyfront.dataplane.webhook;

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
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.SessionIssuer;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/** Proxies of one cluster that tell one receiver, by one ledger and one store of notices. */
abstract class WebhookProxies {
  static final String SECRET = "fake-webhook-key-of-32-bytes-000";
  static final AtomicInteger CALLS = new AtomicInteger();
  static final Pace FAST = pace(Duration.ofSeconds(8), Duration.ofSeconds(9));

  private final Vertx vertx = Vertx.vertx();
  final Receiver receiver = new Receiver();
  final LocalLedger ledger = LocalLedger.inMemory(Clock.systemUTC());
  final SharedNotices store = new SharedNotices();
  final List<Notice> recent = new CopyOnWriteArrayList<>();
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final List<Webhooks> started = new ArrayList<>();
  final Map<String, Long> limits = new HashMap<>(Map.of("agent", 1_000L, "other", 10L));

  volatile Snapshot snapshot = snapshot(webhook("/hook?fake-secret-in-the-url", "*"));

  /** Looks often, retries soon. */
  static Pace pace(Duration answer, Duration lease) {
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
  static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(40));
  }

  @AfterEach
  void stop() {
    started.forEach(Webhooks::close);
    receiver.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  Webhook webhook(String path, String... events) {
    return new Webhook(
        "ops",
        receiver.uri(path),
        SecretText.of(SECRET),
        List.of(events).stream().map(Glob::of).toList(),
        Webhook.DEFAULT_THRESHOLDS,
        true);
  }

  Limits limit(String name) {
    return Limits.of(
        new Budget(
            OptionalLong.of(limits.getOrDefault(name, 0L)),
            OptionalLong.empty(),
            Window.TOTAL,
            OnLedgerLoss.DENY));
  }

  Snapshot snapshot(Webhook... webhooks) {
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
        providers(),
        settings().withWebhooks(List.of(webhooks)));
  }

  private static Settings settings() {
    SessionIssuer issuer =
        new SessionIssuer(
            "backend", Set.of("agents"), SecretText.of("fake-session-key-of-32-bytes-000"), "team");
    return new Settings(List.of(issuer), Optional.empty(), 0, Settings.DEFAULT.prices());
  }

  /** One of them has a budget. */
  private Map<String, Provider> providers() {
    Map<String, Provider> providers = new HashMap<>(ProviderCatalog.builtIn());
    providers.computeIfPresent("openai", (name, known) -> known.withLimits(limit("agent")));
    return providers;
  }

  Webhooks proxy(NoticeStore notices) {
    return proxy(notices, FAST);
  }

  Webhooks proxy(NoticeStore notices, Pace pace) {
    Webhooks webhooks =
        Webhooks.of(
            new Webhooks.Parts(
                vertx,
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

  Admission ask(Ledger through, String name, long nano) {
    Claim claim = new Claim(AccountId.token("uid-" + name), limit(name));
    HoldId id = new HoldId("call-" + CALLS.incrementAndGet(), 1);
    HoldRequest request =
        new HoldRequest(id, List.of(claim), new Amount(nano, 1), Instant.now().plusSeconds(10));
    return through.hold(request).toCompletableFuture().join();
  }

  void spend(Ledger through, String name, long nano) {
    Hold hold = ((Admission.Admitted) ask(through, name, nano)).hold();
    through
        .settle(hold, new Settlement.Known(Usage.of(1, 0), new Amount(nano, 1)))
        .toCompletableFuture()
        .join();
  }

  List<String> taken() {
    return receiver.taken().stream().map(WebhooksTest::text).toList();
  }

  static String text(JsonNode body) {
    return "%s %s %s"
        .formatted(
            body.path("type").asText(),
            body.at("/data/token/name").asText(),
            body.at("/data/budget/threshold").asText("-"));
  }

  static final String EXHAUSTED = "budget.exhausted agent -";

  static String reached(String name, int percent) {
    return "budget.threshold %s %d".formatted(name, percent);
  }

  /** What comes after it cannot have been missed: everything before is through. */
  void awaitQuiet(Webhooks... proxies) {
    spend(proxies[0].ledger(), "other", 10);
    await().until(() -> taken().contains(reached("other", 100)));
    for (Webhooks proxy : proxies) {
      await().until(() -> proxy.pending() == 0);
    }
  }
}
