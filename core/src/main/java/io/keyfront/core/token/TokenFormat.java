package io.keyfront.core.token;

/** What kind of credential identified the caller. */
public enum TokenFormat {
  /** {@code kf_…} or an adopted string; looked up by its SHA-256. */
  OPAQUE("Opaque"),
  /** A signed session token. */
  JWT("JWT");

  private final String label;

  TokenFormat(String label) {
    this.label = label;
  }

  /** The word that resources and answers use. */
  public String label() {
    return label;
  }
}
