package io.keyfront.console.desk;

/** Whether a token works. */
public enum TokenStatus {
  READY("Ready"),
  REVOKED("Revoked"),
  EXPIRED("Expired");

  private final String label;

  TokenStatus(String label) {
    this.label = label;
  }

  /** The word that answers and resource conditions use. */
  public String label() {
    return label;
  }
}
