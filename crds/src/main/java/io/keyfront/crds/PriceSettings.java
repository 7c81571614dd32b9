package io.keyfront.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
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
 * @param perRequest each request; absent is nothing
 * @param webSearchPerCall each call of the provider's search tool; absent keeps what is known
 * @param contextWindow tokens of prompt and answer, 1..{@value #TOKENS_MAX}; absent keeps what is
 *     known
 * @param maxOutput tokens of an answer, 1..{@value #TOKENS_MAX}; absent keeps what is known
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
    @Required
        @Size(max = DECIMAL_MAX)
        @ValidationRule(value = Cel.DECIMAL, message = "is not a price; " + DECIMAL_FIX)
        String input,
    @Required
        @Size(max = DECIMAL_MAX)
        @ValidationRule(value = Cel.DECIMAL, message = "is not a price; " + DECIMAL_FIX)
        String output,
    @Size(max = DECIMAL_MAX)
        @ValidationRule(value = Cel.DECIMAL, message = "is not a price; " + DECIMAL_FIX)
        @Nullable String cacheRead,
    @Size(max = DECIMAL_MAX)
        @ValidationRule(value = Cel.DECIMAL, message = "is not a price; " + DECIMAL_FIX)
        @Nullable String cacheWrite,
    @Size(max = DECIMAL_MAX)
        @ValidationRule(value = Cel.DECIMAL, message = "is not a price; " + DECIMAL_FIX)
        @Nullable String cacheWrite1h,
    @Size(max = DECIMAL_MAX)
        @ValidationRule(value = Cel.DECIMAL, message = "is not a price; " + DECIMAL_FIX)
        @Nullable String reasoning,
    @Size(max = DECIMAL_MAX)
        @ValidationRule(value = Cel.DECIMAL, message = "is not a price; " + DECIMAL_FIX)
        @Nullable String perRequest,
    @Size(max = DECIMAL_MAX)
        @ValidationRule(value = Cel.DECIMAL, message = "is not a price; " + DECIMAL_FIX)
        @Nullable String webSearchPerCall,
    @Min(1) @Max(TOKENS_MAX) @Nullable Integer contextWindow,
    @Min(1) @Max(TOKENS_MAX) @Nullable Integer maxOutput) {
  public static final int TOKENS_MAX = 100_000_000;

  private static final int DECIMAL_MAX = 16;

  /** Below a million, with at most nine digits after the point. */
  private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,5})(\\.[0-9]{1,9})?");

  private static final String DECIMAL_FIX =
      "write USD below 1000000 with at most nine digits after the point, like 1.25";

  /** Everything that is wrong with this price by itself. */
  public List<Problem> problems() {
    var problems = new Problems();
    name(problems);
    decimal(problems, "input", input);
    decimal(problems, "output", output);
    decimal(problems, "cacheRead", cacheRead);
    decimal(problems, "cacheWrite", cacheWrite);
    decimal(problems, "cacheWrite1h", cacheWrite1h);
    decimal(problems, "reasoning", reasoning);
    decimal(problems, "perRequest", perRequest);
    decimal(problems, "webSearchPerCall", webSearchPerCall);
    atLeast(problems, "cacheWrite", cacheWrite, "input", input);
    atLeast(problems, "cacheWrite1h", cacheWrite1h, "input", input);
    atLeast(problems, "cacheWrite1h", cacheWrite1h, "cacheWrite", cacheWrite);
    tokens(problems, "contextWindow", contextWindow);
    tokens(problems, "maxOutput", maxOutput);
    return problems.list();
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

  private static void decimal(Problems problems, String field, @Nullable String value) {
    problems.text(field, value, DECIMAL_MAX, DECIMAL, DECIMAL_FIX);
  }

  /** No provider sells a cache write below the input that it is; it would be a slip. */
  private static void atLeast(
      Problems problems, String field, @Nullable String value, String floor, @Nullable String of) {
    if (isDecimal(value)
        && isDecimal(of)
        && new BigDecimal(value).compareTo(new BigDecimal(of)) < 0) {
      problems.add(
          field, value + " is below " + floor, "write " + of + " or more, or leave it out");
    }
  }

  private static boolean isDecimal(@Nullable String value) {
    return value != null && DECIMAL.matcher(value).matches();
  }

  private static void tokens(Problems problems, String field, @Nullable Integer value) {
    if (value != null) {
      problems.range(field, value, 1, TOKENS_MAX);
    }
  }
}
