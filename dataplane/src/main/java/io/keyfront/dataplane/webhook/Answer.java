package io.keyfront.dataplane.webhook;

/** What became of one attempt to deliver. */
public sealed interface Answer {
  /** The receiver answered. */
  record Answered(int status) implements Answer {}

  /**
   * No answer came.
   *
   * @param why without the URL, which may be secret
   */
  record Unanswered(String why) implements Answer {}

  /** Whether the receiver has taken it: any 2xx. */
  default boolean isTaken() {
    return this instanceof Answered(int status) && status / 100 == 2;
  }

  /** Whether the receiver wants no more: 410. */
  default boolean isGone() {
    return this instanceof Answered(int status) && status == 410;
  }

  /** In words. */
  default String text() {
    return switch (this) {
      case Answered(int status) -> "it answered " + status;
      case Unanswered(String why) -> why;
    };
  }
}
