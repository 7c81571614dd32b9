package io.keyfront.protocols.answer;

import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Protocol;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up what the documents of one answer tell. One per answer. */
abstract sealed class Meter permits AnthropicMeter, ChatMeter, GeminiMeter, ResponsesMeter {
  private static final String STANDARD = "standard";
  private static final int MAX_ERROR_LENGTH = 64;

  private final FieldTree fields;
  private final boolean streamed;
  private @Nullable String model;
  private @Nullable String tier;
  private @Nullable String speed;
  private @Nullable String error;
  private boolean done;

  /**
   * @param fields what to look for in each document
   * @param streamed whether each document is an event; else there is one, the answer
   */
  Meter(FieldTree fields, boolean streamed) {
    this.fields = fields;
    this.streamed = streamed;
  }

  /**
   * The meter of a protocol.
   *
   * @param streamed as above
   */
  static Meter of(Protocol protocol, boolean streamed) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> new AnthropicMeter(streamed);
      case OPENAI_CHAT, OPENAI_EMBEDDINGS -> new ChatMeter(streamed);
      case OPENAI_RESPONSES -> new ResponsesMeter(streamed);
      case GEMINI -> new GeminiMeter(streamed);
    };
  }

  FieldTree fields() {
    return fields;
  }

  boolean isStreamed() {
    return streamed;
  }

  /** Takes what one document told. */
  abstract void take(FieldPicker found);

  /** What is known of the usage so far; null when nothing. */
  abstract @Nullable Usage usage();

  /** Whether the usage is final. */
  abstract boolean isFinal();

  /**
   * Whether a frame of server-sent events may matter: cheap, and true in doubt.
   *
   * @param whole whether this is the whole frame, not just its beginning
   */
  abstract boolean wants(byte[] bytes, int from, int to, boolean whole);

  /** Whether the stream's own end was seen, by the event that its protocol has for that. */
  abstract boolean isOver();

  /** The stream said {@code [DONE]}. */
  void done() {
    done = true;
  }

  boolean isDone() {
    return done;
  }

  boolean closed() {
    return done || error != null || isOver();
  }

  Reading reading() {
    return new Reading(
        Optional.ofNullable(usage()),
        isFinal(),
        Optional.ofNullable(model),
        Optional.ofNullable(speed == null ? tier : speed),
        Optional.ofNullable(error));
  }

  boolean failed() {
    return error != null;
  }

  boolean knowsModel() {
    return model != null;
  }

  void takeModel(FieldPicker found) {
    String name = found.text(Field.MODEL);
    if (model == null && name != null && !name.isEmpty() && isPrintable(name)) {
      model = name;
    }
  }

  /** The newest tier counts: a first event may tell what was asked for. A speed stays. */
  void takeTier(FieldPicker found) {
    String told = named(found.text(Field.TIER), "");
    if (!told.isEmpty()) {
      tier = told;
    }
    String fast = named(found.text(Field.SPEED), STANDARD);
    if (!fast.equals(STANDARD)) {
      speed = fast;
    }
  }

  /** Keeps the first of these that names an error, where the document has one at all. */
  void takeError(FieldPicker found, Field first, Field second) {
    if (error == null && (found.isObject(Field.ERROR) || found.text(Field.ERROR) != null)) {
      error = named(found.text(first), named(found.text(second), "error"));
    }
  }

  /** Keeps the name of an event that is itself an error. */
  void takeErrorEvent(FieldPicker found) {
    if (error == null) {
      error = named(found.text(Field.EVENT_CODE), named(found.text(Field.ERROR_CODE), "error"));
    }
  }

  /** Names only: a sentence in that place might quote a prompt. */
  private static String named(@Nullable String name, String otherwise) {
    if (name == null || name.isEmpty() || name.length() > MAX_ERROR_LENGTH) {
      return otherwise;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "_-.".indexOf(c) >= 0);
      if (!plain) {
        return otherwise;
      }
    }
    return name;
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
