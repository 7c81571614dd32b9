package io.keyfront.compiler.finding;

/** Makes text of a file fit to be shown: it must neither move a terminal's cursor nor flood it. */
final class Printable {
  static final int LENGTH_MAX = 500;

  private Printable() {}

  static String of(String text) {
    String cut = text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
    return cut.codePoints()
        .map(point -> Character.isISOControl(point) ? '?' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
