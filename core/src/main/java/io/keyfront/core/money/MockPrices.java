package io.keyfront.core.money;

import java.math.BigDecimal;
import java.util.Map;

/** What the built-in mock costs: nothing, but for one model for trying budgets. */
public final class MockPrices {
  /** The model that costs something. */
  public static final String PRICED_MODEL = "mock-priced";

  /** USD per million tokens of {@link #PRICED_MODEL}. */
  public static final BigDecimal INPUT_USD = BigDecimal.valueOf(3);

  /** USD per million tokens of {@link #PRICED_MODEL}. */
  public static final BigDecimal OUTPUT_USD = BigDecimal.valueOf(15);

  private static final ModelPrice FREE = flat(BigDecimal.ZERO, BigDecimal.ZERO);
  private static final ModelPrice PRICED = flat(INPUT_USD, OUTPUT_USD);

  private MockPrices() {}

  static ModelPrice of(String model) {
    return model.equals(PRICED_MODEL) ? PRICED : FREE;
  }

  private static ModelPrice flat(BigDecimal input, BigDecimal output) {
    var listed =
        new ListedPrices(
            Map.of(
                TokenKind.INPUT, PicoUsd.perToken(input),
                TokenKind.OUTPUT, PicoUsd.perToken(output)));
    return ModelPrice.flat(listed, CacheBilling.AS_INPUT);
  }
}
