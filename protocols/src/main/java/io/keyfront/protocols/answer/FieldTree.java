package io.keyfront.protocols.answer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths at which an answer holds what is looked for; lists stand for each of their elements.
 */
final class FieldTree {
  private final @Nullable Field field;
  private final byte[][] names;
  private final FieldTree[] children;

  private FieldTree(@Nullable Field field, Map<String, FieldTree> below) {
    this.field = field;
    this.names =
        below.keySet().stream()
            .map(name -> name.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    this.children = below.values().toArray(FieldTree[]::new);
  }

  /**
   * Builds the tree of some paths.
   *
   * @param paths from names joined by dots to the field that is found there
   */
  static FieldTree of(Map<String, Field> paths) {
    return of(null, paths);
  }

  /** What is found here itself. */
  @Nullable Field field() {
    return field;
  }

  /** The subtree under a name. */
  @Nullable FieldTree child(JsonToken name) {
    for (int i = 0; i < names.length; i++) {
      if (name.is(names[i])) {
        return children[i];
      }
    }
    return null;
  }

  private static FieldTree of(@Nullable Field field, Map<String, Field> paths) {
    Map<String, Map<String, Field>> below = new LinkedHashMap<>();
    Map<String, Field> here = new LinkedHashMap<>();
    paths.forEach(
        (path, found) -> {
          int dot = path.indexOf('.');
          String name = dot < 0 ? path : path.substring(0, dot);
          below.computeIfAbsent(name, any -> new LinkedHashMap<>());
          if (dot < 0) {
            here.put(name, found);
          } else {
            below.get(name).put(path.substring(dot + 1), found);
          }
        });
    Map<String, FieldTree> children = new LinkedHashMap<>();
    below.forEach((name, rest) -> children.put(name, of(here.get(name), rest)));
    return new FieldTree(field, children);
  }
}
