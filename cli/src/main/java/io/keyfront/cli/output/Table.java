package io.keyfront.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows under headings, in aligned columns. What comes from others cannot move the cursor: control
 * characters are shown as {@code ?}.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    this.headings = List.of(headings);
  }

  /**
   * @throws IllegalArgumentException when there are not as many cells as headings
   */
  public Table row(String... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "A row of this table has " + headings.size() + " cells, not " + cells.length + ".");
    }
    rows.add(Stream.of(cells).map(Table::printable).toList());
    return this;
  }

  /** Every row on a line of its own. */
  public String text() {
    int[] widths =
        IntStream.range(0, headings.size())
            .map(column -> all().mapToInt(row -> length(row.get(column))).max().orElse(0))
            .toArray();
    return all().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private Stream<List<String>> all() {
    return Stream.concat(Stream.of(headings), rows.stream());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths[column] - length(cell))).append(GAP);
    }
    return line.toString().stripTrailing() + "\n";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static String printable(String text) {
    return text.codePoints()
        .map(point -> Character.isISOControl(point) ? '?' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
