package io.keyfront.crds;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call costs that is billed in a service tier: USD per million tokens. Nothing that is left
 * out becomes cheaper.
 *
 * @param tier {@code priority}, {@code flex} or {@code batch}
 * @param input prompt tokens
 * @param output answer tokens
 * @param cacheRead prompt tokens read from a cache; absent rises with {@code input}
 * @param cacheWrite prompt tokens written to a cache, at least {@code input}; absent rises with
 *     {@code input}
 * @param cacheWrite1h those written for an hour, at least {@code cacheWrite}; absent rises with
 *     {@code input}
 * @param reasoning answer tokens that are reasoning; absent rises with {@code output}
 * @param audioInput prompt tokens that are audio; absent rises with {@code input}
 * @param imageInput prompt tokens that are images; absent rises with {@code input}
 * @param audioOutput answer tokens that are audio; absent rises with {@code output}
 * @param imageOutput answer tokens that are images; absent rises with {@code output}
 */
@ValidationRule(
    value = Cel.CACHE_WRITE_AT_LEAST_INPUT,
    message = "is below input; write as much or more, or leave it out",
    fieldPath = ".cacheWrite")
@ValidationRule(
    value = Cel.CACHE_WRITE_1H_AT_LEAST_INPUT,
    message = "is below input; write as much or more, or leave it out",
    fieldPath = ".cacheWrite1h")
@ValidationRule(
    value = Cel.CACHE_WRITE_1H_AT_LEAST_CACHE_WRITE,
    message = "is below cacheWrite; write as much or more, or leave it out",
    fieldPath = ".cacheWrite1h")
public record TierPrices(
    @Required @Choices({"priority", "flex", "batch"}) String tier,
    @Required @UsdPrice String input,
    @Required @UsdPrice String output,
    @UsdPrice @Nullable String cacheRead,
    @UsdPrice @Nullable String cacheWrite,
    @UsdPrice @Nullable String cacheWrite1h,
    @UsdPrice @Nullable String reasoning,
    @UsdPrice @Nullable String audioInput,
    @UsdPrice @Nullable String imageInput,
    @UsdPrice @Nullable String audioOutput,
    @UsdPrice @Nullable String imageOutput)
    implements TokenPrices {
  /** What there may be a price for. */
  static final List<String> TIERS = List.of("priority", "flex", "batch");

  public List<Problem> problems() {
    var problems = new Problems();
    if (!TIERS.contains(tier)) {
      problems.add(
          "tier", "'" + tier + "' is no choice", "write one of " + String.join(", ", TIERS));
    }
    PriceText.check(problems, this);
    return problems.list();
  }
}
