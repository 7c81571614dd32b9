package io.keyfront.crds;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The Javadoc of the records, for {@code kubectl explain}: what a field is stands in one place, the
 * record's {@code @param}.
 */
final class RecordDocs {
  private static final Path SOURCES = Path.of("src/main/java/io/keyfront/crds");

  private final Map<String, DocCommentTree> byType = new HashMap<>();

  private RecordDocs() {}

  static RecordDocs read() {
    var docs = new RecordDocs();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.list(SOURCES)) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(java));
      DocTrees trees = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        docs.new Types(trees).scan(unit, "");
      }
    } catch (IOException unreadable) {
      throw new IllegalStateException("The sources cannot be read.", unreadable);
    }
    return docs;
  }

  /** What a type is. */
  String of(Class<?> type) {
    return sentence(text(type, comment(type).getFullBody()));
  }

  /** What a record's component is; a build without it fails. */
  String of(Class<?> type, String component) {
    return comment(type).getBlockTags().stream()
        .filter(ParamTree.class::isInstance)
        .map(ParamTree.class::cast)
        .filter(param -> param.getName().getName().contentEquals(component))
        .map(param -> sentence(text(type, param.getDescription())))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    type.getName() + " has no @param " + component + ": say what it is."));
  }

  private DocCommentTree comment(Class<?> type) {
    DocCommentTree comment = byType.get(key(type));
    if (comment == null) {
      throw new IllegalStateException(type.getName() + " has no Javadoc: say what it is.");
    }
    return comment;
  }

  private static String key(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1);
  }

  private static String text(Class<?> type, List<? extends DocTree> trees) {
    return trees.stream().map(tree -> text(type, tree)).collect(Collectors.joining());
  }

  private static String text(Class<?> type, DocTree tree) {
    return switch (tree) {
      case TextTree text -> text.getBody();
      case LiteralTree literal -> literal.getBody().getBody();
      case ValueTree value -> value(type, value.getReference().getSignature());
      case LinkTree link -> link.getReference().getSignature();
      default -> "";
    };
  }

  private static String value(Class<?> type, String reference) {
    String[] parts = reference.split("#");
    try {
      Class<?> owner =
          parts[0].isEmpty() ? type : Class.forName("io.keyfront.core.provider." + parts[0]);
      for (Class<?> at = owner; at != null; at = at.getEnclosingClass()) {
        for (var field : at.getDeclaredFields()) {
          if (field.getName().equals(parts[1])) {
            field.setAccessible(true);
            return String.valueOf(field.get(null));
          }
        }
      }
      throw new IllegalStateException(type.getName() + " knows no " + reference + ".");
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException(type.getName() + " knows no " + reference + ".", wrong);
    }
  }

  /** One line that begins with a capital and ends with a point. */
  private static String sentence(String text) {
    String line = text.replace("<p>", "").replaceAll("\\s+", " ").strip();
    String capital = line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1);
    return capital.endsWith(".") ? capital : capital + ".";
  }

  private final class Types extends TreePathScanner<Void, String> {
    private final DocTrees trees;

    Types(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree type, String outer) {
      String name =
          outer.isEmpty() ? type.getSimpleName().toString() : outer + "$" + type.getSimpleName();
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        byType.put(name, comment);
      }
      return super.visitClass(type, name);
    }
  }
}
