package io.keyfront.compiler.read;

import io.keyfront.compiler.read.YamlValue.Entry;
import io.keyfront.compiler.read.YamlValue.Mapping;
import io.keyfront.compiler.read.YamlValue.Scalar;
import io.keyfront.compiler.read.YamlValue.Sequence;
import io.keyfront.compiler.read.YamlValue.Strange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns the nodes of one file into values. Aliases share nodes, so a small file can stand for an
 * endless tree: every value counts against one budget, however often its node is used.
 */
final class YamlTree {
  /** Deepest nesting of values. */
  static final int DEPTH_MAX = 40;

  /** Most values in one file, aliases written out. */
  static final int VALUES_MAX = 1_000_000;

  private static final Set<Tag> PLAIN_TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.MERGE,
          Tag.MAP,
          Tag.SEQ);

  private int left = VALUES_MAX;

  /** The file stands for more than it may. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge(String problem) {
      super(problem, null, false, false);
    }
  }

  /**
   * @throws TooLarge when the file's bounds are passed
   */
  YamlValue value(Node node) {
    return value(node, 0);
  }

  private YamlValue value(Node node, int depth) {
    if (--left < 0) {
      throw new TooLarge("holds more than " + VALUES_MAX + " values");
    }
    if (depth > DEPTH_MAX) {
      throw new TooLarge("is nested more than " + DEPTH_MAX + " deep");
    }
    int line = line(node);
    if (!PLAIN_TAGS.contains(node.getTag())) {
      return new Strange("has a tag (!)", "remove the tag", line);
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, depth, line);
      case SequenceNode sequence -> sequence(sequence, depth, line);
      case ScalarNode scalar -> new Scalar(scalar.getValue(), scalar.isPlain(), line);
      case AnchorNode anchor -> value(anchor.getRealNode(), depth + 1);
      default -> new Strange("cannot be read", "write a mapping, a list or a value", line);
    };
  }

  private YamlValue mapping(MappingNode node, int depth, int line) {
    List<Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        return new Strange("has a key that is not text", "write a plain word before ':'", line);
      }
      entries.add(new Entry(key.getValue(), line(key), value(tuple.getValueNode(), depth + 1)));
    }
    return new Mapping(entries, line);
  }

  private YamlValue sequence(SequenceNode node, int depth, int line) {
    List<YamlValue> items = new ArrayList<>();
    for (Node item : node.getValue()) {
      items.add(value(item, depth + 1));
    }
    return new Sequence(items, line);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
