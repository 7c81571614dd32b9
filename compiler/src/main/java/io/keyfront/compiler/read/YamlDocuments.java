package io.keyfront.compiler.read;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The documents of a file, up to the first that is not YAML.
 *
 * @param values the documents that hold something
 * @param broken why the rest of the file was not read
 */
record YamlDocuments(List<YamlValue> values, Optional<Broken> broken) {
  /** Most documents in one file. */
  static final int DOCUMENTS_MAX = 10_000;

  /** Why, and where. */
  record Broken(int line, String problem, String fix) {}

  static YamlDocuments read(String yaml) {
    List<YamlValue> values = new ArrayList<>();
    var tree = new YamlTree();
    int line = 1;
    try {
      Iterator<Node> nodes = parser().composeAll(new StringReader(yaml)).iterator();
      while (nodes.hasNext()) {
        Node node = nodes.next();
        line = node.getStartMark().getLine() + 1;
        if (values.size() == DOCUMENTS_MAX) {
          throw new YamlTree.TooLarge("holds more than " + DOCUMENTS_MAX + " documents");
        }
        values.add(tree.value(node));
      }
      return new YamlDocuments(withoutEmpty(values), Optional.empty());
    } catch (YamlTree.TooLarge bound) {
      return broken(values, new Broken(line, message(bound), "split it into several files"));
    } catch (YAMLException notYaml) {
      return broken(values, broken(notYaml, line));
    }
  }

  private static String message(YamlTree.TooLarge bound) {
    String text = bound.getMessage();
    return text == null ? "is too large" : text;
  }

  private static YamlDocuments broken(List<YamlValue> values, Broken broken) {
    return new YamlDocuments(withoutEmpty(values), Optional.of(broken));
  }

  /** {@code ---} with nothing or only comments below it is no document. */
  private static List<YamlValue> withoutEmpty(List<YamlValue> values) {
    return values.stream()
        .filter(value -> !(value instanceof YamlValue.Scalar scalar && scalar.isNull()))
        .toList();
  }

  private static Yaml parser() {
    var options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE); // The reader checks the file's size.
    options.setNestingDepthLimit(YamlTree.DEPTH_MAX);
    options.setMaxAliasesForCollections(
        YamlTree.VALUES_MAX); // The tree counts what they stand for.
    return new Yaml(options);
  }

  /** The library's own messages may quote the file, and the file may hold secrets. */
  private static Broken broken(YAMLException problem, int documentLine) {
    if (problem instanceof MarkedYAMLException marked) {
      Mark mark = marked.getProblemMark();
      int line = mark == null ? documentLine : mark.getLine() + 1;
      return new Broken(line, "is not YAML" + hint(marked.getProblem()), YAML_FIX);
    }
    return new Broken(documentLine, "is not YAML that can be read", YAML_FIX);
  }

  private static final String YAML_FIX =
      "check indentation, quotes and colons here and in the lines above";

  private static String hint(@Nullable String problem) {
    String text = problem == null ? "" : problem;
    if (text.contains("undefined alias")) {
      return " (a value that begins with * needs quotes)";
    }
    if (text.contains("mapping values are not allowed")) {
      return " (a ':' where no key can stand)";
    }
    if (text.contains("cannot start any token")) {
      return " (a tab or a character that needs quotes)";
    }
    return "";
  }
}
