package io.keyfront.core.money;

import java.math.BigDecimal;
import java.util.Locale;

/** How a vendor bills cache writes that its price list does not name. */
public enum CacheBilling {
  /**
   * A write for 5 minutes is 1.25 times the input, one for an hour twice (Anthropic, "Prompt
   * caching", section "Pricing").
   */
  ANTHROPIC("1.25", "2"),
  /** A write is input, as everywhere else. */
  AS_INPUT("1", "1");

  private final BigDecimal fiveMinutes;
  private final BigDecimal hour;

  CacheBilling(String fiveMinutes, String hour) {
    this.fiveMinutes = new BigDecimal(fiveMinutes);
    this.hour = new BigDecimal(hour);
  }

  /** Claude is billed in Anthropic's way wherever it is sold. */
  public static CacheBilling of(String provider, String model) {
    boolean claude = model.toLowerCase(Locale.ROOT).contains("claude");
    return claude || provider.equals("anthropic") ? ANTHROPIC : AS_INPUT;
  }

  /** Pico-USD per token, from those of the input. */
  long fiveMinutes(long input) {
    return Scaled.up(input, fiveMinutes);
  }

  /** Pico-USD per token, from those of the input. */
  long hour(long input) {
    return Scaled.up(input, hour);
  }
}
