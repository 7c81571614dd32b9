package io.keyfront.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a whole call costs when its prompt is long: USD per million tokens. Nothing that is left out
 * becomes cheaper.
 *
 * @param aboveInputTokens how long, cached tokens counted too: longer than 1..{@value #ABOVE_MAX}
 *     tokens
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
public record LongContextPrices(
    @Required @Min(1) @Max(ABOVE_MAX) int aboveInputTokens,
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
  public static final int ABOVE_MAX = PriceSettings.TOKENS_MAX;

  public List<Problem> problems() {
    var problems = new Problems();
    problems.range("aboveInputTokens", aboveInputTokens, 1, ABOVE_MAX);
    PriceText.check(problems, this);
    return problems.list();
  }
}
