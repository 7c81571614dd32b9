package io.keyfront.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.read.ResourceReader;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.ModelAliasSpec;
import io.keyfront.crds.ProviderCredentialSpec;
import io.keyfront.crds.SecretRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/resources.md says all that is true, and nothing else. */
class ResourcesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "resources.md");
  private static final Map<String, Class<?>> SPECS =
      Map.of(
          "ProviderCredential", ProviderCredentialSpec.class,
          "MachineToken", MachineTokenSpec.class,
          "ModelAlias", ModelAliasSpec.class,
          "KeyfrontSettings", KeyfrontSettingsSpec.class);

  @TestFactory
  Stream<DynamicTest> everyFieldHasARowInItsKindsTable() {
    return SPECS.entrySet().stream()
        .map(
            spec ->
                DynamicTest.dynamicTest(
                    spec.getKey(),
                    () ->
                        assertThat(paths("", spec.getValue()))
                            .isNotEmpty()
                            .allSatisfy(
                                path ->
                                    assertThat(section(spec.getKey()))
                                        .contains("\n| `" + path + "` |"))));
  }

  @TestFactory
  Stream<DynamicTest> everyRowIsAFieldOfItsKind() {
    return SPECS.entrySet().stream()
        .map(
            spec ->
                DynamicTest.dynamicTest(
                    spec.getKey(),
                    () ->
                        assertThat(
                                Pattern.compile("\n\\| `([^`]+)` \\|")
                                    .matcher(section(spec.getKey()))
                                    .results()
                                    .map(row -> row.group(1)))
                            .isNotEmpty()
                            .isSubsetOf(paths("", spec.getValue()).toList())));
  }

  @TestFactory
  Stream<DynamicTest> everyFieldUnderNotYetIsRefusedAsSuch() {
    return SPECS.keySet().stream()
        .flatMap(
            kind ->
                notYet(kind)
                    .map(
                        path ->
                            DynamicTest.dynamicTest(
                                kind + " " + path, () -> isRefusedAsNotYet(kind, path))));
  }

  @Test
  void everyExampleIsRight() throws IOException {
    Matcher examples =
        Pattern.compile("```yaml\n(apiVersion: .*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));

    assertThat(examples.results().map(example -> example.group(1)))
        .hasSizeGreaterThanOrEqualTo(5)
        .filteredOn(example -> !example.contains("spec: {}"))
        .allSatisfy(example -> assertThat(Yaml.resources(example)).hasSize(1));
  }

  private static void isRefusedAsNotYet(String kind, String path) {
    String yaml =
        "{apiVersion: keyfront.io/v1alpha1, kind: " + kind + ", spec: " + nested(path) + "}";

    assertThat(ResourceReader.read("a.yaml", yaml).findings())
        .anySatisfy(
            finding ->
                assertThat(finding.text())
                    .contains("spec." + path.replace("[]", "[0]") + ": is not supported yet"));
  }

  private static String nested(String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return "{" + path + ": {}}";
    }
    String name = path.substring(0, dot);
    String rest = nested(path.substring(dot + 1));
    return name.endsWith("[]")
        ? "{" + name.replace("[]", "") + ": [" + rest + "]}"
        : "{" + name + ": " + rest + "}";
  }

  private static Stream<String> notYet(String kind) {
    return section(kind)
        .lines()
        .filter(line -> line.startsWith("Not yet: `"))
        .map(line -> line.split(";", 2)[0])
        .flatMap(line -> Pattern.compile("`([^`]+)`").matcher(line).results())
        .map(field -> field.group(1));
  }

  private static Stream<String> paths(String prefix, Class<?> type) {
    return Stream.of(type.getRecordComponents()).flatMap(component -> paths(prefix, component));
  }

  private static Stream<String> paths(String prefix, RecordComponent component) {
    String path = prefix + component.getName();
    Class<?> type = component.getType();
    if (type.isRecord() && type != SecretRef.class) {
      return Stream.concat(Stream.of(path), paths(path + ".", type));
    }
    return component.getGenericType() instanceof ParameterizedType list
            && item(list) instanceof Class<?> item
            && item.isRecord()
        ? Stream.concat(Stream.of(path), paths(path + "[].", item))
        : Stream.of(path);
  }

  private static Type item(ParameterizedType list) {
    return list.getActualTypeArguments()[0];
  }

  private static String section(String kind) {
    try {
      String page = Files.readString(PAGE);
      int start = page.indexOf("\n## " + kind + "\n");
      assertThat(start).as("section of " + kind).isNotNegative();
      return page.substring(start, page.indexOf("\n## ", start + 1));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
