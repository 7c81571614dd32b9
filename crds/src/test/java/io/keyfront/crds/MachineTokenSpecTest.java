package io.keyfront.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTokenSpecTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"*", "anthropic", "openai:gpt-*", "open*:*", "openrouter:meta/llama:free", "*:?"})
  void scopeOfProviderAndModelIsRight(String scope) {
    assertThat(MachineTokenSpec.opaque(List.of(scope)).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x:", ":x", ":", "a b", "a:b c", "a\n"})
  void scopeWithoutProviderOrModelIsWrong(String scope) {
    assertThat(MachineTokenSpec.opaque(List.of(scope)).problems())
        .extracting(Problem::field)
        .containsOnly("scopes[0]");
  }

  @Test
  void everyProblemIsToldAtOnce() {
    var spec =
        new MachineTokenSpec(
            "JWT",
            "Nobody",
            "Not A Name",
            new MachineTokenSpec.TokenFrom(new SecretRef("", "a/b")),
            List.of(),
            "soon",
            "later",
            "sooner",
            List.of("10.0.0.0/8", "nowhere"),
            false,
            "x".repeat(MachineTokenSpec.NOTE_MAX + 1),
            new LimitsSpec(-1L, LimitsSpec.MOST + 1, -1L),
            new BudgetSpec("1e3", -1L, "Year", "Wait"));

    assertThat(spec.problems())
        .extracting(Problem::field)
        .containsExactly(
            "serviceAccountName",
            "rotateBefore",
            "tokenFrom",
            "serviceAccountName",
            "secretName",
            "tokenFrom.secretRef.name",
            "tokenFrom.secretRef.key",
            "scopes",
            "ttl",
            "ttl",
            "rotateBefore",
            "expiresAt",
            "cidrs[1]",
            "note",
            "limits.requestsPerMinute",
            "limits.tokensPerMinute",
            "limits.concurrency",
            "budget.usd",
            "budget.tokens",
            "budget.window",
            "budget.onLedgerLoss");
  }

  @Test
  @SuppressWarnings("NullAway") // JSON binding hands null for what is absent.
  void listsThatTheApiServerLeavesOutAreEmpty() {
    var spec =
        new MachineTokenSpec(
            "Opaque", null, null, null, null, null, null, null, null, false, null, null, null);

    assertThat(spec.scopes()).isEmpty();
    assertThat(spec.cidrs()).isEmpty();
  }

  @Test
  void moreScopesThanTheBoundAreWrong() {
    List<String> scopes = Collections.nCopies(MachineTokenSpec.SCOPES_MAX + 1, "mock");

    assertThat(MachineTokenSpec.opaque(scopes).problems())
        .containsExactly(new Problem("scopes", "has 65 entries", "give at most 64"));
  }
}
