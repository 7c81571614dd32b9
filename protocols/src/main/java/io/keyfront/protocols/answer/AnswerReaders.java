package io.keyfront.protocols.answer;

import io.keyfront.core.provider.Protocol;

/** Picks the reader for an answer. */
public final class AnswerReaders {
  private AnswerReaders() {}

  /** Passes everything, learns nothing: answers without usage. */
  public static AnswerReader none() {
    throw new UnsupportedOperationException();
  }

  /** Reads a JSON answer; for Gemini also the JSON array that streams without {@code alt=sse}. */
  public static AnswerReader json(Protocol protocol) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a stream of server-sent events.
   *
   * @param hideUsageChunk whether {@code include_usage} was injected: the chunk with {@code
   *     choices: []} and a usage is then read but not passed on
   */
  public static AnswerReader sse(Protocol protocol, boolean hideUsageChunk) {
    throw new UnsupportedOperationException();
  }
}
