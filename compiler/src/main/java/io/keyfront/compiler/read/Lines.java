package io.keyfront.compiler.read;

import io.keyfront.compiler.read.YamlValue.Entry;
import io.keyfront.compiler.read.YamlValue.Mapping;
import io.keyfront.compiler.read.YamlValue.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the line of every field, for findings that come after reading. */
final class Lines {
  private Lines() {}

  static Map<String, Integer> of(Mapping resource) {
    Map<String, Integer> lines = new HashMap<>();
    for (Entry entry : resource.entries()) {
      if (entry.key().equals("metadata") || entry.key().equals("spec")) {
        lines.put(entry.key(), entry.line());
        collect(entry.value(), entry.key(), lines);
      }
    }
    return lines;
  }

  private static void collect(YamlValue value, String path, Map<String, Integer> lines) {
    if (value instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        String field = path + "." + entry.key();
        lines.putIfAbsent(field, entry.line());
        collect(entry.value(), field, lines);
      }
    } else if (value instanceof Sequence sequence) {
      List<YamlValue> items = sequence.items();
      for (int i = 0; i < items.size(); i++) {
        String field = path + "[" + i + "]";
        lines.putIfAbsent(field, items.get(i).line());
        collect(items.get(i), field, lines);
      }
    }
  }
}
