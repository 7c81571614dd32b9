package io.keyfront.compiler.finding;

/**
 * A place in a file.
 *
 * @param file as it was named to the reader
 * @param line counted from 1
 */
public record Source(String file, int line) {
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
