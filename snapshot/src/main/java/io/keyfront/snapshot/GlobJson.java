package io.keyfront.snapshot;

import io.keyfront.core.scope.Glob;
import java.io.IOException;
import java.util.List;

/** A glob as its pattern. */
final class GlobJson {
  private GlobJson() {}

  static Glob read(JsonIn in) throws IOException {
    String pattern = in.text();
    return in.made(() -> Glob.of(pattern));
  }

  static List<Glob> readAll(JsonIn in) throws IOException {
    return in.list(() -> read(in));
  }
}
