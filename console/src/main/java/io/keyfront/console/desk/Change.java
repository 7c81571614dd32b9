package io.keyfront.console.desk;

import java.util.Optional;

/** What becomes of one setting that may be absent. */
public sealed interface Change<T> {
  /** It stays as it is. */
  record Keep<T>() implements Change<T> {}

  /** It is taken away. */
  record Remove<T>() implements Change<T> {}

  /** It gets another value. */
  record Become<T>(T value) implements Change<T> {}

  /** The setting after the change. */
  default Optional<T> applied(Optional<T> now) {
    return switch (this) {
      case Keep<T>() -> now;
      case Remove<T>() -> Optional.empty();
      case Become<T>(T value) -> Optional.of(value);
    };
  }
}
