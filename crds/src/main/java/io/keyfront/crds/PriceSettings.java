package io.keyfront.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What models cost. Prices are decimal strings: USD per million tokens, or per call where the name
 * says so.
 *
 * @param provider of the catalog, or a custom one; may be left out of a fallback, for all
 * @param model glob; may be left out of a fallback, for all
 * @param fallback counts only for models that nothing else prices
 * @param input prompt tokens
 * @param output answer tokens
 * @param cacheRead prompt tokens read from a cache; absent is {@code input}
 * @param cacheWrite prompt tokens written to a cache, at least {@code input}; absent is what the
 *     model's vendor takes
 * @param cacheWrite1h those written for an hour, at least {@code cacheWrite}; absent is what the
 *     model's vendor takes
 * @param reasoning answer tokens that are reasoning; absent is {@code output}
 * @param audioInput prompt tokens that are audio; absent is {@code input}, or as much dearer than
 *     it as the bundled table says
 * @param imageInput prompt tokens that are images; absent is {@code input}, or as much dearer than
 *     it as the bundled table says
 * @param audioOutput answer tokens that are audio; absent is {@code output}, or as much dearer than
 *     it as the bundled table says
 * @param imageOutput answer tokens that are images; absent is {@code output}, or as much dearer
 *     than it as the bundled table says
 * @param perRequest each request; absent is nothing
 * @param webSearchPerCall each call of the provider's search tool; absent keeps what is known
 * @param contextWindow tokens of prompt and answer, 1..{@value #TOKENS_MAX}; absent keeps what is
 *     known
 * @param maxOutput tokens of an answer, 1..{@value #TOKENS_MAX}; absent keeps what is known
 * @param longContext what calls with long prompts cost instead; absent rises as the bundled table
 *     says; at most {@value #STEPS_MAX}
 * @param serviceTiers what calls billed in another service tier than the standard one cost instead;
 *     those that are absent rise as the bundled table says
 */
@ValidationRule(
    value = "(has(self.fallback) && self.fallback) || has(self.provider)",
    message = "is missing; add it, or fallback: true",
    fieldPath = ".provider")
@ValidationRule(
    value = "(has(self.fallback) && self.fallback) || has(self.model)",
    message = "is missing; add it; all models are \"*\"",
    fieldPath = ".model")
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
public record PriceSettings(
    @Size(max = Names.LABEL_MAX)
        @ValidationRule(value = Cel.LABEL, message = "is not a provider; " + Names.LABEL_FIX)
        @Nullable String provider,
    @Size(max = Names.MODEL_MAX)
        @ValidationRule(value = Cel.VISIBLE, message = "is not allowed here; " + Names.MODEL_FIX)
        @Nullable String model,
    @Default("false") boolean fallback,
    @Required @UsdPrice String input,
    @Required @UsdPrice String output,
    @UsdPrice @Nullable String cacheRead,
    @UsdPrice @Nullable String cacheWrite,
    @UsdPrice @Nullable String cacheWrite1h,
    @UsdPrice @Nullable String reasoning,
    @UsdPrice @Nullable String audioInput,
    @UsdPrice @Nullable String imageInput,
    @UsdPrice @Nullable String audioOutput,
    @UsdPrice @Nullable String imageOutput,
    @UsdPrice @Nullable String perRequest,
    @UsdPrice @Nullable String webSearchPerCall,
    @Min(1) @Max(TOKENS_MAX) @Nullable Integer contextWindow,
    @Min(1) @Max(TOKENS_MAX) @Nullable Integer maxOutput,
    @Size(max = STEPS_MAX) @UniqueBy("aboveInputTokens") List<LongContextPrices> longContext,
    @Size(max = TIERS_MAX) @UniqueBy("tier") List<TierPrices> serviceTiers)
    implements TokenPrices {
  public static final int TOKENS_MAX = 100_000_000;

  public static final int STEPS_MAX = 4;
  public static final int TIERS_MAX = 3;

  public PriceSettings {
    longContext = longContext == null ? List.of() : List.copyOf(longContext);
    serviceTiers = serviceTiers == null ? List.of() : List.copyOf(serviceTiers);
  }

  /** Everything that is wrong with this price by itself. */
  public List<Problem> problems() {
    var problems = new Problems();
    name(problems);
    PriceText.check(problems, this);
    PriceText.check(problems, "perRequest", perRequest);
    PriceText.check(problems, "webSearchPerCall", webSearchPerCall);
    tokens(problems, "contextWindow", contextWindow);
    tokens(problems, "maxOutput", maxOutput);
    steps(problems);
    tiers(problems);
    return problems.list();
  }

  private void steps(Problems problems) {
    problems.count("longContext", longContext, 0, STEPS_MAX);
    problems.each("longContext", longContext, LongContextPrices::problems);
    once(
        problems,
        "longContext",
        longContext,
        "aboveInputTokens",
        LongContextPrices::aboveInputTokens);
  }

  private void tiers(Problems problems) {
    problems.count("serviceTiers", serviceTiers, 0, TIERS_MAX);
    problems.each("serviceTiers", serviceTiers, TierPrices::problems);
    once(problems, "serviceTiers", serviceTiers, "tier", TierPrices::tier);
  }

  private void name(Problems problems) {
    if (!fallback && provider == null) {
      problems.add("provider", "is missing", "add it, or fallback: true");
    }
    if (!fallback && model == null) {
      problems.add("model", "is missing", "add it; all models are \"*\"");
    }
    problems.text("provider", provider, Names.LABEL_MAX, Names.LABEL, Names.LABEL_FIX);
    if (model != null) {
      problems.addAll("model", ModelNames.globProblems(model));
    }
  }

  private static <T> void once(
      Problems problems, String field, List<T> items, String key, Function<T, Object> of) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      if (!seen.add(of.apply(items.get(i)))) {
        problems.add(
            field + "[" + i + "]." + key, "is that of one before it", "keep one of the two");
      }
    }
  }

  private static void tokens(Problems problems, String field, @Nullable Integer value) {
    if (value != null) {
      problems.range(field, value, 1, TOKENS_MAX);
    }
  }
}
