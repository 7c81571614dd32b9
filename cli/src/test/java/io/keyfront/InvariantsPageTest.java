package io.keyfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test that docs/invariants.md names is there: a promise without a test is none. */
class InvariantsPageTest {
  private static final Path HOUSE = Path.of("..");
  private static final Path PAGE = HOUSE.resolve(Path.of("docs", "invariants.md"));
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\|([^|]*)\\|$");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /**
   * A test that the page names.
   *
   * @param method as the page has it: empty for the whole class, with an ellipsis for its beginning
   */
  private record Named(String row, String type, String method) {
    Pattern declaration() {
      String end = method.endsWith("…") ? "[A-Za-z0-9]*" : "";
      return Pattern.compile("void " + method.replace("…", "") + end + "\\(");
    }
  }

  private static List<Named> named() throws IOException {
    List<Named> all = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(PAGE, UTF_8));
    while (row.find()) {
      String type = "";
      Matcher name = NAME.matcher(row.group(2));
      while (name.find()) {
        String text = name.group(1);
        boolean isType = Character.isUpperCase(text.charAt(0));
        int dot = text.indexOf('.');
        type = isType ? (dot < 0 ? text : text.substring(0, dot)) : type;
        String method = isType ? (dot < 0 ? "" : text.substring(dot + 1)) : text;
        all.add(new Named(row.group(1), type, method));
      }
    }
    return all;
  }

  @Test
  void everyTestOfThePageIsThere() throws IOException {
    List<Named> named = named();

    assertThat(named).hasSizeGreaterThan(40);
    assertThat(named).allSatisfy(InvariantsPageTest::assertThere);
  }

  private static void assertThere(Named test) {
    List<String> sources = sources(test.type());
    assertThat(sources).as("row %s: class %s", test.row(), test.type()).isNotEmpty();
    if (!test.method().isEmpty()) {
      assertThat(sources)
          .as("row %s: %s of %s", test.row(), test.method(), test.type())
          .anyMatch(source -> test.declaration().matcher(source).find());
    }
  }

  @Test
  void everyRowNamesATest() throws IOException {
    Matcher row = ROW.matcher(Files.readString(PAGE, UTF_8));
    int rows = 0;
    while (row.find()) {
      rows++;
      assertThat(row.group(1)).as("rows are numbered in turn").isEqualTo(String.valueOf(rows));
      assertThat(NAME.matcher(row.group(2)).find()).as("row %d names a test", rows).isTrue();
    }
    assertThat(rows).isGreaterThanOrEqualTo(19);
  }

  /** Of the test classes with that name, in any module. */
  private static List<String> sources(String type) {
    try (Stream<Path> modules = Files.list(HOUSE)) {
      return modules
          .map(module -> module.resolve(Path.of("src", "test", "java")))
          .filter(Files::isDirectory)
          .flatMap(InvariantsPageTest::files)
          .filter(file -> file.getFileName().toString().equals(type + ".java"))
          .map(InvariantsPageTest::text)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<Path> files(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
