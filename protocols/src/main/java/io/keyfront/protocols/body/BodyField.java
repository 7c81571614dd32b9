package io.keyfront.protocols.body;

import io.keyfront.core.provider.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top-level fields of a request body that matter to us. */
enum BodyField {
  MODEL("model"),
  STREAM("stream"),
  STREAM_OPTIONS("stream_options"),
  MAX_TOKENS("max_tokens"),
  MAX_COMPLETION_TOKENS("max_completion_tokens"),
  MAX_OUTPUT_TOKENS("max_output_tokens"),
  GENERATION_CONFIG("generationConfig", "generation_config");

  private static final List<BodyField> MESSAGES = List.of(MODEL, STREAM, MAX_TOKENS);
  private static final List<BodyField> CHAT =
      List.of(MODEL, STREAM, STREAM_OPTIONS, MAX_TOKENS, MAX_COMPLETION_TOKENS);
  private static final List<BodyField> RESPONSES = List.of(MODEL, STREAM, MAX_OUTPUT_TOKENS);
  private static final List<BodyField> EMBEDDINGS = List.of(MODEL);
  private static final List<BodyField> GEMINI = List.of(GENERATION_CONFIG);

  private final String text;
  private final String other;

  BodyField(String text) {
    this(text, text);
  }

  BodyField(String text, String other) {
    this.text = text;
    this.other = other;
  }

  /** The name to use in messages. */
  String text() {
    return text;
  }

  /** Whether this is exactly a name that providers read. */
  boolean isSpelt(String name) {
    return name.equals(text) || name.equals(other);
  }

  /**
   * The field that a name means, upper and lower case alike: some servers match names so, and would
   * take {@code Model} for {@code model}.
   */
  static @Nullable BodyField of(Protocol protocol, String name) {
    List<BodyField> fields = fields(protocol);
    for (int i = 0; i < fields.size(); i++) {
      BodyField field = fields.get(i);
      if (field.text.equalsIgnoreCase(name) || field.other.equalsIgnoreCase(name)) {
        return field;
      }
    }
    return null;
  }

  /** Whether {@link #of} may know a name in ASCII that still stands in a body: cheap. */
  static boolean mayBe(Protocol protocol, byte[] body, int from, int to) {
    List<BodyField> fields = fields(protocol);
    for (int i = 0; i < fields.size(); i++) {
      BodyField field = fields.get(i);
      boolean asLong = to - from == field.text.length() || to - from == field.other.length();
      // All names of a field begin with the same small letter; 0x20 is what makes a letter small.
      if (asLong && (body[from] | 0x20) == field.text.charAt(0)) {
        return true;
      }
    }
    return false;
  }

  private static List<BodyField> fields(Protocol protocol) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> MESSAGES;
      case OPENAI_CHAT -> CHAT;
      case OPENAI_RESPONSES -> RESPONSES;
      case OPENAI_EMBEDDINGS -> EMBEDDINGS;
      case GEMINI -> GEMINI;
    };
  }
}
