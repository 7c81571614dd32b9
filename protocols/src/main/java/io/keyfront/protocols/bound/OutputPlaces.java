package io.keyfront.protocols.bound;

import io.keyfront.protocols.body.Span;
import java.util.List;
import java.util.Optional;

/**
 * Where a body limits its output. Offsets are bytes of that body.
 *
 * @param maximums the fields that limit the whole output, in their order
 * @param thinkingBudget the field that limits thinking
 * @param generationConfig Gemini's {@code generationConfig}, where the body has it
 */
public record OutputPlaces(
    List<Limit> maximums, Optional<Limit> thinkingBudget, Optional<Config> generationConfig) {
  /** Copies. */
  public OutputPlaces {
    maximums = List.copyOf(maximums);
  }

  /**
   * One limit.
   *
   * @param field its name without the names around it
   * @param tokens negative where it is null or, for thinking, left to the model
   */
  public record Limit(String field, Span value, long tokens) {}

  /**
   * Where an object begins.
   *
   * @param value its first token
   * @param object whether it is one; else it is null
   * @param empty whether it has no field
   */
  public record Config(Span value, boolean object, boolean empty) {}
}
