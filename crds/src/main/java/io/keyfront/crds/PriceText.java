package io.keyfront.crds;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A price as decimal text: below a million USD, with at most nine digits after the point. */
final class PriceText {
  static final int MAX = 16;

  private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,5})(\\.[0-9]{1,9})?");

  private static final String FIX =
      "write USD below 1000000 with at most nine digits after the point, like 1.25";

  static final String MESSAGE = "is not a price; " + FIX;

  private PriceText() {}

  static void check(Problems problems, String field, @Nullable String value) {
    problems.text(field, value, MAX, DECIMAL, FIX);
  }

  /** Each price, and that a cache write is not below what it is a part of. */
  static void check(Problems problems, TokenPrices prices) {
    check(problems, "input", prices.input());
    check(problems, "output", prices.output());
    check(problems, "cacheRead", prices.cacheRead());
    check(problems, "cacheWrite", prices.cacheWrite());
    check(problems, "cacheWrite1h", prices.cacheWrite1h());
    check(problems, "reasoning", prices.reasoning());
    check(problems, "audioInput", prices.audioInput());
    check(problems, "imageInput", prices.imageInput());
    check(problems, "audioOutput", prices.audioOutput());
    check(problems, "imageOutput", prices.imageOutput());
    atLeast(problems, "cacheWrite", prices.cacheWrite(), "input", prices.input());
    atLeast(problems, "cacheWrite1h", prices.cacheWrite1h(), "input", prices.input());
    atLeast(problems, "cacheWrite1h", prices.cacheWrite1h(), "cacheWrite", prices.cacheWrite());
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
}
