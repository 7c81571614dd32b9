package io.keyfront.testkit;

/** The content codings in which an answer can be sent, whether asked for or not. */
public enum Encoding {
  GZIP("gzip"),
  DEFLATE("deflate"),
  BROTLI("br"),
  ZSTD("zstd");

  private final String coding;

  Encoding(String coding) {
    this.coding = coding;
  }

  /** As it stands in {@code content-encoding}. */
  public String coding() {
    return coding;
  }
}
