package io.keyfront.protocols.body;

/** The documented edits of a passed-through body, as splices: every other byte stays as it was. */
public final class BodyEdits {
  private BodyEdits() {}

  /**
   * Renames the model.
   *
   * @param scanned of exactly this body, with a model
   */
  public static byte[] renameModel(byte[] body, ScannedBody scanned, String model) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sets {@code stream_options.include_usage} to true, and renames the model when one is given.
   *
   * @param model empty string to leave it
   */
  public static byte[] includeUsage(byte[] body, ScannedBody scanned, String model) {
    throw new UnsupportedOperationException();
  }
}
