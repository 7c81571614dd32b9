package io.keyfront.cli.serve;

/**
 * A resource file.
 *
 * @param name relative to its folder, with slashes
 * @param text its whole content; may hold secrets
 */
public record ResourceFile(String name, String text) {
  @Override
  public String toString() {
    return "ResourceFile[" + name + "]";
  }
}
