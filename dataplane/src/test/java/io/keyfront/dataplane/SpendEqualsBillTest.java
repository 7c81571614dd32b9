package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.core.money.ListedPrices;
import io.keyfront.core.money.PriceList;
import io.keyfront.core.money.PriceOverride;
import io.keyfront.core.money.ServiceTier;
import io.keyfront.core.money.TokenKind;
import io.keyfront.core.scope.Glob;
import io.keyfront.testkit.BilledCall;
import io.keyfront.testkit.FakeProvider;
import io.keyfront.testkit.speech.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the ledger says was spent is what the provider's bill comes to, at list prices that are
 * written down here once more, rounded up call by call.
 */
class SpendEqualsBillTest {
  private static final long HUNDRED_USD = 100_000_000_000L;

  /** Tokens, of which a prompt of settings' dearer price has more. */
  private static final long LONG_PROMPT = 20;

  private FakeProvider provider;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    Budget budget =
        new Budget(
            OptionalLong.of(HUNDRED_USD), OptionalLong.empty(), Window.TOTAL, OnLedgerLoss.DENY);
    proxy =
        ProxyUnderTest.start(
            new Snapshots()
                .limited(ProxyUnderTest.TOKEN, Limits.of(budget), "openai:*", "anthropic:*")
                .key("openai", provider.uri(), "sk-fake-provider-key")
                .key("anthropic", provider.uri(), "sk-fake-provider-key")
                .prices(ownPrice())
                .build());
  }

  /** A contract for one model, in some things dearer than the list and in some cheaper. */
  private static PriceOverride ownPrice() {
    return new PriceOverride(
        Optional.of("openai"),
        Glob.of("gpt-5-nano"),
        new PriceList(
            listed(111_000, 777_000),
            Map.of(LONG_PROMPT, listed(333_000, 888_000)),
            Map.of(
                ServiceTier.FLEX, listed(3_000, 22_000),
                ServiceTier.PRIORITY, listed(555_000, 1_999_000))),
        OptionalLong.empty(),
        0,
        OptionalInt.empty(),
        OptionalInt.empty(),
        false);
  }

  private static ListedPrices listed(long input, long output) {
    return new ListedPrices(Map.of(TokenKind.INPUT, input, TokenKind.OUTPUT, output));
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  /** List prices of a model, in thousandths of nano-USD a token. */
  private record Price(long input, long cacheRead, long write5m, long write1h, long output) {
    static Price of(String model) {
      return switch (model) {
        case "claude-sonnet-4-5" -> new Price(3_000_000, 300_000, 3_750_000, 6_000_000, 15_000_000);
        case "gpt-5-mini" -> new Price(250_000, 25_000, 250_000, 250_000, 2_000_000);
        case "gpt-4o-mini" -> new Price(150_000, 75_000, 150_000, 150_000, 600_000);
        default -> throw new IllegalArgumentException(model);
      };
    }

    long nano(Tokens tokens) {
      return Math.ceilDiv(
          tokens.input() * input
              + tokens.cacheRead() * cacheRead
              + tokens.cacheWrite5m() * write5m
              + tokens.cacheWrite1h() * write1h
              + tokens.output() * output,
          1000L);
    }
  }

  @ParameterizedTest(name = "{0} {1} stream={2} {3}")
  @CsvSource({
    "messages, claude-sonnet-4-5, false, len=12",
    "messages, claude-sonnet-4-5, true, len=33",
    "messages, claude-sonnet-4-5, false, len=7 cache=101/20/31",
    "messages, claude-sonnet-4-5, true, len=7 cache=101/20/31",
    "messages, claude-sonnet-4-5, true, len=9 reason=23",
    "chat, gpt-4o-mini, false, len=11",
    "chat, gpt-4o-mini, true, len=11",
    "chat, gpt-5-mini, false, len=5 cache=103 reason=7",
    "chat, gpt-5-mini, true, len=5 cache=103 reason=7",
    "responses, gpt-5-mini, false, len=13 cache=57 reason=19",
    "responses, gpt-5-mini, true, len=13 cache=57 reason=19",
  })
  void ledgerHasSpentWhatTheProviderBills(
      String protocol, String model, boolean stream, String prompt) {
    for (int call = 0; call < 3; call++) {
      assertThat(send(protocol, model, stream, prompt)).isEqualTo(200);
    }

    List<BilledCall> bill = provider.bill().calls();
    assertThat(bill).hasSize(3).allSatisfy(line -> assertThat(line.model()).isEqualTo(model));
    Price price = Price.of(model);
    long billed = bill.stream().mapToLong(line -> price.nano(line.tokens())).sum();
    long tokens =
        bill.stream().mapToLong(line -> line.tokens().totalInput() + line.tokens().output()).sum();
    Awaitility.await().untilAsserted(() -> assertThat(standing().held().isZero()).isTrue());
    assertThat(standing().spent().nanoUsd()).isEqualTo(billed).isPositive();
    assertThat(standing().spent().tokens()).isEqualTo(tokens);
  }

  @Test
  void facts406AStreamOfAnthropicsIsChargedItsInputAndItsCacheTokens() {
    assertThat(send("messages", "claude-sonnet-4-5", true, "len=7 cache=101/20/31")).isEqualTo(200);

    Tokens billed = provider.bill().last().orElseThrow().tokens();
    assertThat(billed.input()).isPositive();
    assertThat(billed.cacheRead()).isEqualTo(101);
    assertThat(billed.cacheWrite5m() + billed.cacheWrite1h()).isEqualTo(51);
    Awaitility.await().untilAsserted(() -> assertThat(standing().held().isZero()).isTrue());
    assertThat(standing().spent().tokens()).isEqualTo(billed.totalInput() + billed.output());
    assertThat(standing().spent().nanoUsd()).isEqualTo(Price.of("claude-sonnet-4-5").nano(billed));
  }

  @ParameterizedTest(name = "tier {0}: {1}")
  @CsvSource({
    "'', len=13, 111000, 777000",
    "default, len=13, 111000, 777000",
    "flex, len=13, 3000, 22000",
    "priority, len=13, 555000, 1999000",
    "default, len=13 and twenty or more words that make a prompt which is longer than the one and only step of the contract says it is, 333000, 888000",
  })
  void ledgerHasSpentWhatSettingsSayInEachTierAndStep(
      String tier, String prompt, long input, long output) {
    String asked = tier.isEmpty() ? "" : ",\"service_tier\":\"" + tier + "\"";
    String body =
        "{\"model\":\"gpt-5-nano\",\"max_output_tokens\":4000%s,\"input\":\"%s\"}"
            .formatted(asked, prompt);

    assertThat(post(Agent.RESPONSES, body)).isEqualTo(200);

    Tokens tokens = provider.bill().last().orElseThrow().tokens();
    assertThat(tokens.totalInput() > LONG_PROMPT).isEqualTo(input == 333_000);
    long billed = Math.ceilDiv(tokens.totalInput() * input + tokens.output() * output, 1000L);
    Awaitility.await().untilAsserted(() -> assertThat(standing().held().isZero()).isTrue());
    assertThat(standing().spent().nanoUsd()).isEqualTo(billed).isPositive();
  }

  private WindowSpend standing() {
    return proxy
        .ledger()
        .standing(AccountId.EVERYTHING)
        .toCompletableFuture()
        .join()
        .in(Window.TOTAL);
  }

  private int send(String protocol, String model, boolean stream, String prompt) {
    return switch (protocol) {
      case "messages" -> post(Agent.MESSAGES, chatBody(model, stream, prompt, "max_tokens"));
      case "chat" -> post(Agent.CHAT, chatBody(model, stream, prompt, "max_completion_tokens"));
      case "responses" ->
          post(
              Agent.RESPONSES,
              "{\"model\":\"%s\",\"stream\":%s,\"max_output_tokens\":4000,\"input\":\"%s\"}"
                  .formatted(model, stream, prompt));
      default -> throw new IllegalArgumentException(protocol);
    };
  }

  private int post(String path, String body) {
    return Agent.post(proxy.uri(path), body).statusCode();
  }

  private static String chatBody(String model, boolean stream, String prompt, String most) {
    return "{\"model\":\"%s\",\"stream\":%s,\"%s\":4000,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(model, stream, most, prompt);
  }
}
