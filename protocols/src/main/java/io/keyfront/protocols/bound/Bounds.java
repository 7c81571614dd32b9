package io.keyfront.protocols.bound;

import io.keyfront.core.money.CallBound;

/**
 * The cheap bound of a call: no tokenizer, and yet never less than the provider can count.
 *
 * <ul>
 *   <li>Text: a tokenizer makes at least one byte of its normalised text into each token (those
 *       with byte fallback exactly one at worst), and what a provider puts between messages is
 *       shorter than the JSON around them. So tokens of text are at most bytes of the body, counted
 *       after expansion, and a fixed overhead for what the provider adds on its own.
 *   <li>Images: providers shrink what is larger than their maximum, see {@link ImageTokens}. The
 *       base64 of an image is then no text.
 *   <li>What the body does not show, and every pass that a server-side tool causes: a model never
 *       reads more than its context window. A window that is only assumed caps nothing that the
 *       body does show.
 *   <li>Output: providers end an answer at the request's maximum, thinking included, else at the
 *       model's own.
 * </ul>
 */
public final class Bounds {
  /**
   * Tokens that a provider adds to any request: its own instructions about tools (Anthropic's are
   * the longest documented, below 900,
   * https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview), formats and answers.
   */
  public static final long REQUEST_OVERHEAD = 1_024;

  /** Tokens around the description of one tool, beyond its own JSON. */
  public static final long TOOL_OVERHEAD = 64;

  /**
   * Tokens of a description that the provider keeps (Anthropic's computer use, the longest
   * documented, has 735).
   */
  public static final long BUILT_IN_TOOL_OVERHEAD = 1_024;

  private Bounds() {}

  /** What a call that asks for this may use of a model with these limits. */
  public static CallBound of(AskedFor asked, ModelLimits limits) {
    return new CallBound(
        input(asked, limits),
        output(asked, limits),
        asked.output().choices(),
        asked.serverTools().webSearches());
  }

  private static long input(AskedFor asked, ModelLimits limits) {
    Prompt prompt = asked.prompt();
    long window =
        Saturating.times(
            limits.contextWindow().orElse(ModelLimits.DEFAULT_CONTEXT_WINDOW), prompt.inputs());
    long shown = shown(prompt, limits.imageTokens());
    long uses = asked.serverTools().uses();
    boolean open = prompt.unbounded() || uses > 0;
    if (limits.contextWindow().isEmpty()) {
      return Saturating.times(open ? Math.max(shown, window) : shown, Saturating.plus(uses, 1));
    }
    return Saturating.times(open ? window : Math.min(shown, window), Saturating.plus(uses, 1));
  }

  /** Tokens of what the body shows. */
  static long shown(Prompt prompt, long imageTokens) {
    long text = Saturating.plus(prompt.textBytes(), REQUEST_OVERHEAD);
    long tools =
        Saturating.plus(
            Saturating.times(prompt.tools(), TOOL_OVERHEAD),
            Saturating.times(prompt.builtInTools(), BUILT_IN_TOOL_OVERHEAD));
    return Saturating.plus(
        Saturating.plus(text, tools), Saturating.times(prompt.images(), imageTokens));
  }

  private static long output(AskedFor asked, ModelLimits limits) {
    long maximum =
        asked
            .output()
            .maximum()
            .orElseGet(() -> limits.maxOutput().orElse(ModelLimits.DEFAULT_MAX_OUTPUT));
    return asked.output().prediction()
        ? Saturating.plus(maximum, asked.prompt().textBytes())
        : maximum;
  }
}
