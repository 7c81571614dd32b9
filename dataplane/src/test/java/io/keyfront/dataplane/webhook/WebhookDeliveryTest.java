package io.keyfront.dataplane.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.notice.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookDeliveryTest extends WebhookProxies {
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
