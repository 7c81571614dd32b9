package io.keyfront.console.desk;

import java.util.Optional;
import java.util.OptionalLong;

/** Changes to numbers that may be absent. */
final class Longs {
  private Longs() {}

  static OptionalLong applied(Change<Long> change, Optional<OptionalLong> now) {
    return applied(change, now.orElse(OptionalLong.empty()));
  }

  static OptionalLong applied(Change<Long> change, OptionalLong now) {
    return switch (change) {
      case Change.Keep<Long>() -> now;
      case Change.Remove<Long>() -> OptionalLong.empty();
      case Change.Become<Long>(Long value) -> OptionalLong.of(value);
    };
  }
}
