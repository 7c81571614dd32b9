package io.keyfront.protocols.bound;

/**
 * Bounds the input of a call whose text was counted. Only the counted part takes the place of its
 * bytes; everything else keeps what {@link Bounds} gives it, so the sum stays an upper bound.
 */
public final class ExactInput {
  /**
   * Tokens for each text counted by itself. Between two texts a model reads marks that are special
   * tokens, which no text runs into; where a provider joins them all the same, only the word at the
   * seam is cut in another way.
   */
  public static final long TEXT_MARGIN = 16;

  /**
   * Part of a provider's own count that is added to it. Anthropic calls its count an estimate that
   * may be off by a small amount, and gives no figure
   * (https://platform.claude.com/docs/en/build-with-claude/token-counting); this one is our choice.
   */
  public static final long COUNT_MARGIN_DIVISOR = 32;

  private ExactInput() {}

  /** Whether all that the call makes a model read stands in its body, and is read once. */
  public static boolean isCountable(AskedFor asked) {
    return !asked.prompt().unbounded()
        && asked.serverTools().uses() == 0
        && asked.prompt().inputs() == 1;
  }

  /**
   * With the texts counted in the model's own vocabulary.
   *
   * @param tokens of all the texts, each counted by itself
   */
  public static long ofTexts(Prompt prompt, long imageTokens, TextParts parts, long tokens) {
    long margins = Saturating.times(parts.texts().size(), TEXT_MARGIN);
    return Saturating.plus(
        Bounds.shown(prompt, imageTokens) - parts.bytes(), Saturating.plus(tokens, margins));
  }

  /**
   * With everything in {@code asked} counted by the provider. Images are held at their maximum
   * besides, as counting and answering may scale them differently.
   *
   * @param tokens as the provider said
   */
  public static long ofProvidersCount(
      Prompt prompt, long imageTokens, CountRequest asked, long tokens) {
    long margin = Saturating.plus(tokens / COUNT_MARGIN_DIVISOR, Bounds.REQUEST_OVERHEAD);
    long beside =
        Saturating.plus(
            Saturating.plus(asked.leftOutBytes(), prompt.expansion()),
            Saturating.plus(
                Saturating.times(prompt.builtInTools(), Bounds.BUILT_IN_TOOL_OVERHEAD),
                Saturating.times(prompt.images(), imageTokens)));
    return Saturating.plus(Saturating.plus(tokens, margin), beside);
  }
}
