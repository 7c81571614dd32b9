package io.keyfront.cli.serve;

import io.keyfront.cli.Surroundings;

/** A standalone server, from its options to its end. */
public final class Standalone {
  private Standalone() {}

  public static int run(ServeOptions options, Environment environment, Surroundings around) {
    return 0;
  }
}
