package io.keyfront.protocols.answer;

/**
 * Reads an answer as its bytes pass, and hides what the client did not ask for. One per answer; not
 * for use by two threads. Memory is bounded whatever the provider sends.
 */
public interface AnswerReader {
  /**
   * Takes the next bytes.
   *
   * @return what to pass on: the very same array when nothing is hidden or held back
   */
  byte[] feed(byte[] bytes);

  /** The answer is complete: what was held back and is still to be passed on; maybe empty. */
  byte[] end();

  /** What was learned so far. */
  Reading reading();

  /**
   * Whether the answer said by itself that it is over, or failed: an end before that is none. To be
   * asked after {@link #end}.
   */
  boolean closed();

  /** Whether an error was read inside an answer that began well; as cheap as a field. */
  boolean failed();
}
