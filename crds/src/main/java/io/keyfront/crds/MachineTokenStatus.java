package io.keyfront.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a MachineToken, and what was spent with it. Never its plaintext.
 *
 * @param observedGeneration the generation of the spec that this speaks of
 * @param conditions {@code Ready}, {@code Revoked}, {@code Expired}, {@code BudgetExhausted}
 * @param tokenHash the first 12 hexadecimal digits of the newest plaintext's SHA-256
 * @param secretName the Secret that holds the minted plaintext
 * @param expiresAt end of life of the resource, RFC 3339
 * @param lastUsedTime when a call was last counted, RFC 3339
 * @param loadedBy how many of the live proxies run it: {@code 3/3}
 * @param usage what was counted since the first call
 * @param budget where the budget stands
 */
public record MachineTokenStatus(
    @Min(0) @Max(StatusBounds.COUNT) @Nullable Long observedGeneration,
    @Size(max = StatusBounds.CONDITIONS) List<Condition> conditions,
    @Size(max = StatusBounds.TEXT) @Nullable String tokenHash,
    @Size(max = Names.OBJECT_MAX) @Nullable String secretName,
    @Size(max = StatusBounds.TEXT) @Nullable String expiresAt,
    @Size(max = StatusBounds.TEXT) @Nullable String lastUsedTime,
    @Size(max = StatusBounds.TEXT) @Nullable String loadedBy,
    @Nullable Usage usage,
    @Nullable BudgetStanding budget) {

  public MachineTokenStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /**
   * What was counted since the first call.
   *
   * @param requests calls admitted
   * @param inputTokens input tokens, with cache reads and writes
   * @param outputTokens output tokens, with reasoning
   */
  public record Usage(
      @Min(0) @Max(StatusBounds.COUNT) long requests,
      @Min(0) @Max(StatusBounds.COUNT) long inputTokens,
      @Min(0) @Max(StatusBounds.COUNT) long outputTokens) {}

  /**
   * Where the budget's window stands.
   *
   * @param usd US dollars, as decimals; absent without a USD budget
   * @param tokens input and output tokens; absent without a token budget
   */
  public record BudgetStanding(@Nullable Part usd, @Nullable Part tokens) {}

  /**
   * One unit of the budget: USD as decimal strings with at most nine fraction digits, tokens as
   * whole numbers.
   *
   * @param limit what may be spent in the window
   * @param spent what calls cost that are settled, in the window
   * @param reserved what calls under way hold
   * @param remaining limit less spent and reserved, never below 0
   * @param windowEnds when the window ends, RFC 3339; absent for a budget in total
   */
  public record Part(
      @Size(max = StatusBounds.TEXT) String limit,
      @Size(max = StatusBounds.TEXT) String spent,
      @Size(max = StatusBounds.TEXT) String reserved,
      @Size(max = StatusBounds.TEXT) String remaining,
      @Size(max = StatusBounds.TEXT) @Nullable String windowEnds) {}
}
