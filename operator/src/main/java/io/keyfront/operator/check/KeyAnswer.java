package io.keyfront.operator.check;

/** What a provider made of a key. */
public sealed interface KeyAnswer {
  /** It took it. */
  record Taken() implements KeyAnswer {}

  /**
   * It refused it.
   *
   * @param status of HTTP
   */
  record Refused(int status) implements KeyAnswer {}

  /**
   * It cannot be told.
   *
   * @param why the rest of a sentence that begins with the provider: {@code answered 503}
   */
  record Unknown(String why) implements KeyAnswer {}
}
