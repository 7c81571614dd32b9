package io.keyfront.protocols.answer;

import io.keyfront.core.provider.Protocol;
import java.util.function.Supplier;

/** Picks the reader for an answer. */
public final class AnswerReaders {
  private static final AnswerReader NONE = new PassingReader();

  private AnswerReaders() {}

  /** Passes everything, learns nothing: answers without usage. */
  public static AnswerReader none() {
    return NONE;
  }

  /** Reads a JSON answer; for Gemini also the JSON array that streams without {@code alt=sse}. */
  public static AnswerReader json(Protocol protocol) {
    return new JsonReader(Meter.of(protocol, false));
  }

  /**
   * Reads a stream of server-sent events.
   *
   * @param hideUsageChunk whether {@code include_usage} was injected: the chunk with {@code
   *     choices: []} and a usage is then read but not passed on
   * @param secrets what is blotted out of events that pass before they are whole, as they may tell
   *     of an error; asked when there is one
   */
  public static AnswerReader sse(
      Protocol protocol, boolean hideUsageChunk, Supplier<Redaction> secrets) {
    Meter meter = Meter.of(protocol, true);
    return hideUsageChunk && protocol == Protocol.OPENAI_CHAT
        ? new HidingReader(meter, secrets)
        : new SseReader(meter, secrets);
  }
}
