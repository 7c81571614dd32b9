package io.keyfront.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.crds.KeyfrontSettingsSpec.Admin;
import io.keyfront.crds.KeyfrontSettingsSpec.Jwt;
import io.keyfront.crds.KeyfrontSettingsSpec.ProviderSettings;
import io.keyfront.crds.ModelAliasSpec.Match;
import io.keyfront.crds.ModelAliasSpec.Target;
import io.keyfront.crds.ProviderCredentialSpec.ApiKey;
import io.keyfront.crds.ProviderCredentialSpec.Auth;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpecProblemsTest {
  private static final SecretRef REF = new SecretRef("keys", "api-key");

  @Test
  void credentialWithEverythingRightHasNoProblem() {
    var spec =
        new ProviderCredentialSpec(
            "llama",
            "https://models.example.com/v1",
            "openai-chat",
            new Auth(new ApiKey(REF)),
            0,
            1000,
            List.of("llama-*"),
            null,
            new LimitsSpec(60L, null, null),
            new BudgetSpec("100", null, "Month", null),
            "2027-01-31T12:00:00Z",
            true);

    assertThat(spec.problems()).isEmpty();
  }

  @Test
  void everyProblemOfACredentialIsToldAtOnce() {
    var spec =
        new ProviderCredentialSpec(
            "",
            "https://" + "x".repeat(3000),
            "smtp",
            new Auth(null),
            -1,
            0,
            List.of(""),
            null,
            null,
            new BudgetSpec(null, null, null, null),
            "tomorrow",
            false);

    assertThat(spec.problems())
        .extracting(Problem::field)
        .containsExactly(
            "provider",
            "endpoint",
            "protocol",
            "auth",
            "priority",
            "weight",
            "models[0]",
            "budget",
            "expiresAt");
  }

  @Test
  void everyProblemOfAnAliasIsToldAtOnce() {
    var spec =
        new ModelAliasSpec(
            new Match("a b", "Open AI"),
            List.of(new Target("", "gpt-*", 0, 1001), new Target("openai", null, 1, 0)));

    assertThat(spec.problems())
        .extracting(Problem::field)
        .containsExactly(
            "match.model",
            "match.provider",
            "targets[0].provider",
            "targets[0].model",
            "targets[0].weight",
            "targets[0].priority");
  }

  @Test
  void aliasWithoutOrWithTooManyTargetsIsWrong() {
    var match = new Match("*", null);
    var target = new Target("mock", null, 1, 0);

    assertThat(new ModelAliasSpec(match, List.of()).problems()).hasSize(1);
    assertThat(new ModelAliasSpec(match, Collections.nCopies(16, target)).problems()).isEmpty();
    assertThat(new ModelAliasSpec(match, Collections.nCopies(17, target)).problems()).hasSize(1);
  }

  @Test
  void everyProblemOfSettingsIsToldAtOnce() {
    var spec =
        new KeyfrontSettingsSpec(
            new Jwt(List.of("a b"), null, new Admin(List.of(""), new SecretRef("Bad", "k"))),
            11,
            List.of(
                new ProviderSettings(
                    "",
                    null,
                    null,
                    new LimitsSpec(-1L, null, null),
                    new BudgetSpec("1.", null, null, null))),
            new LimitsSpec(null, -1L, null),
            List.of(),
            List.of(
                new WebhookSettings(
                    "Bad",
                    "x".repeat(1025),
                    new SecretRef("Bad", "k"),
                    List.of("Bad", "none"),
                    List.of(0, 101),
                    false)));

    assertThat(spec.problems())
        .extracting(Problem::field)
        .containsExactly(
            "jwt.audiences[0]",
            "jwt.audiences",
            "jwt.admin.audiences[0]",
            "jwt.admin.secretRef.name",
            "trustedHops",
            "providers[0].name",
            "providers[0].limits.requestsPerMinute",
            "providers[0].budget.usd",
            "defaultLimits.tokensPerMinute",
            "webhooks[0].name",
            "webhooks[0].url",
            "webhooks[0].secretRef.name",
            "webhooks[0].events[0]",
            "webhooks[0].events[1]",
            "webhooks[0].thresholds[0]",
            "webhooks[0].thresholds[1]");
  }

  @Test
  void settingsWithNothingSetAreRight() {
    assertThat(new KeyfrontSettingsSpec(null, 0, List.of(), null, List.of(), List.of()).problems())
        .isEmpty();
  }

  @Test
  void everyProblemOfAPriceIsToldAtOnce() {
    var price =
        new PriceSettings(
            null,
            "a b",
            false,
            "-1",
            "",
            "1,5",
            "01",
            ".5",
            "1.",
            "-",
            "x",
            "1,0",
            "00",
            "1e3",
            "1000000",
            0,
            100_000_001,
            List.of(step(0, "1"), step(9, "1"), step(9, "2")),
            List.of(tier("flex", "1"), tier("turbo", "1"), tier("flex", "x")));

    assertThat(price.problems())
        .extracting(Problem::field)
        .containsExactly(
            "provider",
            "model",
            "input",
            "output",
            "cacheRead",
            "cacheWrite",
            "cacheWrite1h",
            "reasoning",
            "audioInput",
            "imageInput",
            "audioOutput",
            "imageOutput",
            "perRequest",
            "webSearchPerCall",
            "contextWindow",
            "maxOutput",
            "longContext[0].aboveInputTokens",
            "longContext[2].cacheWrite",
            "longContext[2].aboveInputTokens",
            "serviceTiers[1].tier",
            "serviceTiers[2].input",
            "serviceTiers[2].tier");
  }

  /** With a cache write of one dollar. */
  private static LongContextPrices step(int above, String input) {
    return new LongContextPrices(above, input, "1", null, "1", null, null, null, null, null, null);
  }

  private static TierPrices tier(String name, String input) {
    return new TierPrices(name, input, "1", null, null, null, null, null, null, null, null);
  }

  @Test
  void fallbackPriceNeedsNeitherProviderNorModel() {
    var price =
        new PriceSettings(
            null,
            null,
            true,
            "999999.999999999",
            "0",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            List.of());

    assertThat(price.problems()).isEmpty();
  }
}
