package io.keyfront.protocols.bound;

import java.util.OptionalLong;

/**
 * What a model can take and give, in tokens.
 *
 * @param contextWindow empty where unknown
 * @param maxOutput the most that one answer can have; empty where unknown
 * @param imageTokens the most that one image counts: {@link ImageTokens}
 */
public record ModelLimits(OptionalLong contextWindow, OptionalLong maxOutput, long imageTokens) {
  /** Context window of a model whose own is unknown. */
  public static final long DEFAULT_CONTEXT_WINDOW = 1_000_000;

  /** Maximum output of a model whose own is unknown. */
  public static final long DEFAULT_MAX_OUTPUT = 65_536;

  /**
   * @throws IllegalArgumentException when a number is below 0
   */
  public ModelLimits {
    if (contextWindow.orElse(0) < 0 || maxOutput.orElse(0) < 0 || imageTokens < 0) {
      throw new IllegalArgumentException(
          "Limits of a model are at least 0, not %s, %s, %d."
              .formatted(contextWindow, maxOutput, imageTokens));
    }
  }

  /** The limits of a model of this name. */
  public static ModelLimits of(String model, OptionalLong contextWindow, OptionalLong maxOutput) {
    return new ModelLimits(contextWindow, maxOutput, ImageTokens.most(model));
  }
}
