package io.keyfront.protocols.answer;

import io.keyfront.core.money.Usage;
import java.util.Optional;

/**
 * What an answer told about itself.
 *
 * @param usage what is known so far; in a stream it may grow until the end
 * @param complete whether the usage is final: the answer (or the stream's closing event) carried it
 * @param model the model that the provider says answered
 * @param serviceTier the one that the provider says served the call; what is billed
 * @param error an error event inside a stream, its type or code
 */
public record Reading(
    Optional<Usage> usage,
    boolean complete,
    Optional<String> model,
    Optional<String> serviceTier,
    Optional<String> error) {
  /** Nothing learned. */
  public static final Reading NOTHING =
      new Reading(Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty());

  /** The same, with a usage that is not final. */
  Reading unfinished() {
    return new Reading(usage, false, model, serviceTier, error);
  }
}
