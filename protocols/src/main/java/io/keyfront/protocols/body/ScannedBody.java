package io.keyfront.protocols.body;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the scan of a whole request body found. Offsets are bytes of that body.
 *
 * @param model the field {@code model}; empty for Gemini, whose path carries it
 * @param stream the field {@code stream}; false when absent
 * @param maxOutput the request's own maximum of output tokens, whatever its protocol calls it
 * @param streamOptions the value of {@code stream_options}, an object or null
 * @param includeUsage whether the client itself asked for {@code stream_options.include_usage}
 * @param insertAt where a new first field can be inserted: right behind the opening brace
 * @param empty whether the object has no field
 */
public record ScannedBody(
    Optional<Text> model,
    boolean stream,
    OptionalLong maxOutput,
    Optional<StreamOptions> streamOptions,
    boolean includeUsage,
    int insertAt,
    boolean empty) {

  /** A string value, decoded, and where it stands, quotes included. */
  public record Text(String value, Span span) {}

  /**
   * Where {@code stream_options} stands.
   *
   * @param value the whole value
   * @param object whether it is an object; else it is null
   * @param empty whether it has no field
   * @param includeUsage the value of an existing {@code include_usage}
   */
  public record StreamOptions(
      Span value, boolean object, boolean empty, Optional<Span> includeUsage) {

    /** Right behind the opening brace of an object. */
    public int insertAt() {
      return value.start() + 1;
    }
  }
}
