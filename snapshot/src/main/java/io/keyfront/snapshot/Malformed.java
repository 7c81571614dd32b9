package io.keyfront.snapshot;

import java.io.IOException;

/** Something in a part's JSON is not as it must be; says where, never what stands there. */
final class Malformed extends IOException {
  private final String why;

  Malformed(String why) {
    super(why);
    this.why = why;
  }

  @Override
  public String getMessage() {
    return why;
  }
}
