package io.keyfront.protocols.bound;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the body of a call asks for, as far as it decides what the call can cost. Where a body could
 * be read in two ways, this is the dearer one.
 *
 * @param serviceTier as asked for ({@code flex}, {@code priority}, …); for Anthropic's {@code
 *     speed}, where it is not standard, that
 * @param background whether the answer is to be made after the call has ended
 * @param media whether audio goes in, or audio or images may come out: tokens that have a price of
 *     their own
 */
public record AskedFor(
    Prompt prompt,
    ServerTools serverTools,
    Output output,
    Optional<String> serviceTier,
    boolean background,
    boolean media) {

  /** The same with a search that the provider makes because of the model's name. */
  public AskedFor searching() {
    return new AskedFor(
        prompt,
        new ServerTools(
            Saturating.plus(serverTools.uses(), Tally.DEFAULT_TOOL_USES),
            Saturating.plus(serverTools.webSearches(), Tally.DEFAULT_TOOL_USES)),
        output,
        serviceTier,
        background,
        media);
  }

  /**
   * Tools that the provider runs itself, in the middle of the call.
   *
   * @param uses how often they can be used at most, all together; each use makes the model read
   *     everything anew
   * @param webSearches those of them that are searches with a price of their own
   */
  public record ServerTools(long uses, long webSearches) {}

  /**
   * What comes back.
   *
   * @param maximum tokens per choice; 0 for embeddings, empty where the model's own applies
   * @param choices answers, at least 1
   * @param thinkingBudget tokens of thinking, a part of {@code maximum}
   * @param prediction whether a predicted answer is sent along: what of it is rejected is billed as
   *     output too (https://platform.openai.com/docs/guides/predicted-outputs)
   */
  public record Output(
      OptionalLong maximum, int choices, OptionalLong thinkingBudget, boolean prediction) {}
}
