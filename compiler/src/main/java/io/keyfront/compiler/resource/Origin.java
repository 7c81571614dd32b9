package io.keyfront.compiler.resource;

import io.keyfront.compiler.finding.Source;
import java.util.Map;
import java.util.Optional;

/**
 * Where a resource was read, so that a finding can name the line of a field.
 *
 * @param source the resource's first line; absent when it comes from no file
 * @param lines field path to line
 */
public record Origin(Optional<Source> source, Map<String, Integer> lines) {
  /** Made by a program, or read from the API server. */
  public static final Origin NONE = new Origin(Optional.empty(), Map.of());

  public Origin {
    lines = Map.copyOf(lines);
  }

  /** The place of a field; for one that is not there, of the nearest field around it. */
  public Optional<Source> of(String field) {
    return source.map(start -> new Source(start.file(), line(field, start.line())));
  }

  private int line(String field, int start) {
    String path = field;
    while (!path.isEmpty()) {
      Integer line = lines.get(path);
      if (line != null) {
        return line;
      }
      path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
    return start;
  }
}
