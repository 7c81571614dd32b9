package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.ledger.local.LocalLedger;
import io.keyfront.testkit.BilledCall;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.speech.Tokens;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a call held is never less than what the fake provider's own bill then came to. */
class BoundCoversBillTest {
  private static final Path GOLDEN =
      Path.of("..", "protocols", "src", "test", "resources", "golden", "bound");
  private static final String[] TEXTS = {
    "plain words ", "\u00e9\u0323", "\ufdfa", "\ud83d\ude00", "\u6f22\u5b57", "{}[]", "\\n", "a"
  };

  private FakeProvider provider;
  private RecordingLedger ledger;
  private ProxyUnderTest proxy;

  /** Remembers what the newest call asked for. */
  private static final class RecordingLedger extends ForwardingLedger {
    private final AtomicReference<Amount> asked = new AtomicReference<>(Amount.ZERO);

    RecordingLedger(Ledger near) {
      super(near);
    }

    @Override
    public CompletionStage<Admission> hold(HoldRequest request) {
      asked.set(request.amount());
      return super.hold(request);
    }
  }

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    ledger = new RecordingLedger(LocalLedger.inMemory(Clock.systemUTC()));
    Budget budget =
        new Budget(
            OptionalLong.of(Amount.MOST),
            OptionalLong.of(Amount.MOST),
            Window.TOTAL,
            OnLedgerLoss.DENY);
    Snapshots snapshots = new Snapshots().limited(ProxyUnderTest.TOKEN, Limits.of(budget), "*");
    for (String name : List.of("anthropic", "openai", "gemini")) {
      snapshots.key(name, provider.uri(), "sk-fake-provider-key");
    }
    proxy = ProxyUnderTest.start(snapshots.build(), ledger);
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  static Stream<String> goldenBodies() throws IOException {
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("goldenBodies")
  void goldenBodyHoldsWhatItIsBilled(String name) throws IOException {
    String body = Files.readString(GOLDEN.resolve(name).resolve("body.json"));

    HttpResponse<String> answer = Agent.post(proxy.uri(path(name)), priced(body));

    assertThat(answer.statusCode()).as("%s", answer.body()).isEqualTo(200);
    Tokens billed = provider.bill().last().orElseThrow().tokens();
    assertThat(ledger.asked.get().tokens())
        .isGreaterThanOrEqualTo(billed.totalInput() + billed.output())
        .isPositive();
  }

  private static String path(String name) {
    if (name.startsWith("anthropic")) {
      return Agent.MESSAGES;
    }
    if (name.startsWith("openai-chat")) {
      return Agent.CHAT;
    }
    if (name.startsWith("openai-responses")) {
      return Agent.RESPONSES;
    }
    return name.startsWith("openai-embeddings") ? Agent.EMBEDDINGS : Agent.GEMINI;
  }

  /** With models that have a price, and not in the background, which a budget refuses. */
  private static String priced(String body) {
    return body.replaceAll("\"background\"\\s*:\\s*true", "\"background\":false")
        .replaceAll("\"model\"\\s*:\\s*\"claude[^\"]*\"", "\"model\":\"claude-sonnet-4-5\"")
        .replaceAll("\"model\"\\s*:\\s*\"gpt[^\"]*\"", "\"model\":\"gpt-5-mini\"");
  }

  /** Prices in thousandths of nano-USD a token, of the dearest that the tier could come to. */
  @ParameterizedTest(name = "{0} at {2}")
  @CsvSource({
    "chat, gpt-5-mini, '', 250000, 2000000",
    "chat, gpt-5-mini, flex, 125000, 1000000",
    "chat, gpt-5-mini, priority, 450000, 3600000",
    "chat, gpt-4o-mini, priority, 250000, 1000000",
    "responses, gpt-5-mini, priority, 450000, 3600000",
    "messages, claude-sonnet-4-5, '', 3000000, 15000000",
  })
  void randomBodyHoldsWhatItIsBilledAtItsTier(
      String protocol, String model, String tier, long input, long output) {
    Random random = new Random(20261122);
    for (int call = 0; call < 60; call++) {
      String body = body(protocol, model, tier, random);
      String path =
          switch (protocol) {
            case "chat" -> Agent.CHAT;
            case "responses" -> Agent.RESPONSES;
            default -> Agent.MESSAGES;
          };

      HttpResponse<String> answer = Agent.post(proxy.uri(path), body);

      assertThat(answer.statusCode()).as("%s: %s", body, answer.body()).isEqualTo(200);
      BilledCall bill = provider.bill().last().orElseThrow();
      Tokens tokens = bill.tokens();
      long nano = Math.ceilDiv(tokens.totalInput() * input + tokens.output() * output, 1000L);
      assertThat(ledger.asked.get().nanoUsd()).as("%s", body).isGreaterThanOrEqualTo(nano);
      assertThat(ledger.asked.get().tokens())
          .as("%s", body)
          .isGreaterThanOrEqualTo(tokens.totalInput() + tokens.output());
    }
  }

  @Test
  void holdOfAPriorityCallIsDearerThanThatOfTheSameAtDefault() {
    String plain = body("chat", "gpt-5-mini", "default", new Random(1));
    Agent.post(proxy.uri(Agent.CHAT), plain);
    long held = ledger.asked.get().nanoUsd();

    Agent.post(proxy.uri(Agent.CHAT), body("chat", "gpt-5-mini", "priority", new Random(1)));

    assertThat(ledger.asked.get().nanoUsd()).isGreaterThan(held * 17 / 10);
  }

  private static String body(String protocol, String model, String tier, Random random) {
    StringBuilder text = new StringBuilder("len=" + random.nextInt(500));
    if (random.nextBoolean()) {
      text.append(" reason=").append(random.nextInt(500));
    }
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append(' ').append(TEXTS[random.nextInt(TEXTS.length)]);
    }
    String most =
        switch (protocol) {
          case "chat" -> "max_completion_tokens";
          case "responses" -> "max_output_tokens";
          default -> "max_tokens";
        };
    String asked = tier.isEmpty() ? "" : ",\"service_tier\":\"" + tier + "\"";
    String prompt =
        protocol.equals("responses")
            ? "\"input\":\"" + text + "\""
            : "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
    return "{\"model\":\"%s\",\"stream\":%s,\"%s\":%d%s,%s}"
        .formatted(model, random.nextBoolean(), most, 16 + random.nextInt(900), asked, prompt);
  }
}
