package io.keyfront.protocols.body;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Is shown what the scan itself has no use for, while the body passes. The parser stands on the
 * first token of a value and has to stand on its last token afterwards.
 */
public interface OtherFields {
  /** Looks at nothing. */
  OtherFields IGNORED = new OtherFields() {};

  /** A top-level field that the scan does not read. */
  default void field(String name, JsonParser parser) throws IOException {
    parser.skipChildren();
  }

  /** A field of Gemini's {@code generationConfig} that the scan does not read. */
  default void generationField(String name, JsonParser parser) throws IOException {
    parser.skipChildren();
  }

  /** The parser stands on the first token of Gemini's {@code generationConfig}, and stays there. */
  default void generationConfig(JsonParser parser) {}

  /**
   * The parser stands on the value of a field that limits the output, and stays there.
   *
   * @param field its name without the names around it
   * @param tokens negative where the value is null
   */
  default void maximum(String field, JsonParser parser, long tokens) {}
}
