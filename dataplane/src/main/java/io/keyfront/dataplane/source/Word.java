package io.keyfront.dataplane.source;

/** What a source says of a part. */
sealed interface Word {
  /** It holds this now. */
  record Published(long sequence, byte[] bytes) implements Word {}

  /** It is there, but not as a part must be. */
  record Unreadable(long sequence, String why) implements Word {}

  /** It was there and is not any more. */
  record Gone() implements Word {}
}
