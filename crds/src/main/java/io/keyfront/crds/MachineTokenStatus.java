package io.keyfront.crds;

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
 * @param mark what the shared ledger may admit up to; nobody should edit it
 */
public record MachineTokenStatus(
    @Nullable Long observedGeneration,
    List<Condition> conditions,
    @Nullable String tokenHash,
    @Nullable String secretName,
    @Nullable String expiresAt,
    @Nullable String lastUsedTime,
    @Nullable String loadedBy,
    @Nullable Usage usage,
    @Nullable BudgetStanding budget,
    @Nullable String mark) {

  public MachineTokenStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /**
   * What was counted since the first call.
   *
   * @param requests calls admitted
   * @param inputTokens with cache reads and writes
   * @param outputTokens with reasoning
   */
  public record Usage(long requests, long inputTokens, long outputTokens) {}

  /**
   * Where the budget's window stands.
   *
   * @param usd absent without a USD budget
   * @param tokens absent without a token budget
   */
  public record BudgetStanding(@Nullable Part usd, @Nullable Part tokens) {}

  /**
   * One unit of the budget: USD as decimal strings with at most nine fraction digits, tokens as
   * whole numbers.
   *
   * @param limit of the window
   * @param spent settled in the window
   * @param reserved held by calls under way
   * @param remaining limit less spent and reserved, never below 0
   * @param windowEnds RFC 3339; absent for a budget in total
   */
  public record Part(
      String limit, String spent, String reserved, String remaining, @Nullable String windowEnds) {}
}
