package io.keyfront.compiler;

import io.keyfront.core.snapshot.Snapshot;
import java.util.List;

/** Compiles resources into the snapshot that a proxy works from. */
public final class Compiler {
  private Compiler() {}

  public static Compilation compile(Inputs inputs) {
    return new Compilation(Snapshot.EMPTY, List.of(), List.of());
  }
}
