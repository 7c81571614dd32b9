package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.testkit.FakeProvider;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only OpenRouter does: other models that may answer, and searches by a model's name. */
class OpenRouterTest {
  private static final String PATH = "/openrouter/v1/chat/completions";

  /** Enough for a thousand tokens of gpt-4o-mini, not of gpt-4o. */
  private static final long HALF_A_CENT = 5_000_000;

  private FakeProvider provider;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    proxy = ProxyUnderTest.start(snapshot("openrouter:openai/gpt-4o*"));
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  private Snapshot snapshot(String scope) {
    return snapshot(
        scope,
        new Budget(
            OptionalLong.of(HALF_A_CENT), OptionalLong.empty(), Window.DAY, OnLedgerLoss.DENY));
  }

  private Snapshot snapshot(String scope, Budget budget) {
    return new Snapshots()
        .limited(ProxyUnderTest.TOKEN, Limits.of(budget), scope)
        .key("openrouter", provider.uri(), "sk-fake-openrouter-key")
        .build();
  }

  private HttpResponse<String> call(String model, String more) {
    return Agent.post(
        proxy.uri(PATH),
        "{\"model\":\"%s\",\"max_tokens\":1000,%s\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
            .formatted(model, more));
  }

  @Test
  void aCallHoldsWhatTheDearestOfItsModelsCouldCost() {
    assertThat(call("openai/gpt-4o-mini", "").statusCode()).isEqualTo(200);

    HttpResponse<String> dear =
        call("openai/gpt-4o-mini", "\"models\":[\"openai/gpt-4o-mini\",\"openai/gpt-4o\"],");

    IdentityTest.refused(dear, 402, "call_too_large");
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void aListedModelOutsideOfTheScopeIsNamedAndRefused() {
    proxy.use(snapshot("openrouter:openai/gpt-4o-mini"));

    HttpResponse<String> answer =
        call(
            "openai/gpt-4o-mini",
            "\"models\":[\"openai/gpt-4o-mini\",\"anthropic/claude-opus-4\"],");

    IdentityTest.refused(answer, 403, "scope_denied");
    assertThat(answer.body()).contains("openrouter:anthropic/claude-opus-4");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void aListedModelWithoutAPriceIsRefusedUnderABudgetInUsd() {
    proxy.use(snapshot("openrouter:*"));

    IdentityTest.refused(
        call("openai/gpt-4o-mini", "\"models\":[\"nobody/knows-this\"],"), 403, "model_unpriced");
  }

  @Test
  void listedModelsThatFitPassUntouched() {
    String more = "\"models\":[\"openai/gpt-4o-mini\"],";

    assertThat(call("openai/gpt-4o-mini", more).statusCode()).isEqualTo(200);

    assertThat(provider.lastRequest().bodyText()).contains(more);
  }

  @Test
  void aModelThatSearchesHasNoPriceUntilSettingsNameOne() {
    IdentityTest.refused(call("openai/gpt-4o-mini:online", ""), 403, "model_unpriced");
  }

  @Test
  void aModelThatSearchesHoldsTenReadingsOfItsWindow() {
    proxy.use(
        snapshot(
            "openrouter:*",
            new Budget(
                OptionalLong.empty(), OptionalLong.of(1_000_000), Window.DAY, OnLedgerLoss.DENY)));

    assertThat(call("openai/gpt-4o-mini", "").statusCode()).isEqualTo(200);
    IdentityTest.refused(call("openai/gpt-4o-mini:online", ""), 402, "call_too_large");
  }
}
