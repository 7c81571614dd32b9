package io.keyfront.compiler.read;

import io.keyfront.crds.LongContextPrices;
import io.keyfront.crds.PriceSettings;
import io.keyfront.crds.TierPrices;

/** Reads the prices of the settings. */
final class PriceReaders {
  private PriceReaders() {}

  static PriceSettings price(Fields price) {
    return new PriceSettings(
        price.text("provider"),
        price.text("model"),
        Boolean.TRUE.equals(price.flag("fallback")),
        price.requiredText("input"),
        price.requiredText("output"),
        price.text("cacheRead"),
        price.text("cacheWrite"),
        price.text("cacheWrite1h"),
        price.text("reasoning"),
        price.text("audioInput"),
        price.text("imageInput"),
        price.text("audioOutput"),
        price.text("imageOutput"),
        price.text("perRequest"),
        price.text("webSearchPerCall"),
        price.number("contextWindow"),
        price.number("maxOutput"),
        price.list("longContext", PriceReaders::longContext),
        price.list("serviceTiers", PriceReaders::tier));
  }

  private static LongContextPrices longContext(Fields step) {
    return new LongContextPrices(
        step.requiredNumber("aboveInputTokens", 1),
        step.requiredText("input"),
        step.requiredText("output"),
        step.text("cacheRead"),
        step.text("cacheWrite"),
        step.text("cacheWrite1h"),
        step.text("reasoning"),
        step.text("audioInput"),
        step.text("imageInput"),
        step.text("audioOutput"),
        step.text("imageOutput"));
  }

  private static TierPrices tier(Fields tier) {
    return new TierPrices(
        tier.requiredText("tier"),
        tier.requiredText("input"),
        tier.requiredText("output"),
        tier.text("cacheRead"),
        tier.text("cacheWrite"),
        tier.text("cacheWrite1h"),
        tier.text("reasoning"),
        tier.text("audioInput"),
        tier.text("imageInput"),
        tier.text("audioOutput"),
        tier.text("imageOutput"));
  }
}
