package io.keyfront.compiler.finding;

/** Why there is a finding: a word for conditions and programs, where the sentence is for people. */
public enum Reason {
  /** A file that is not YAML, or a value that is not allowed. */
  INVALID("Invalid"),
  /** A field that no resource of this kind has. */
  UNKNOWN_FIELD("UnknownField"),
  /** A field, format or kind of the design that is not built yet. */
  NOT_SUPPORTED_YET("NotSupportedYet"),
  /** A Secret, or a key of it, that is not there or cannot be used. */
  SECRET_MISSING("SecretMissing"),
  /** A provider that neither the catalog nor a credential defines. */
  UNKNOWN_PROVIDER("UnknownProvider"),
  /** Two resources claim one thing; this one came second. */
  CONFLICT("Conflict"),
  /** Another alias takes precedence on everything that this one matches. */
  OVERRIDDEN("Overridden"),
  /** Allowed, but without any effect. */
  NO_EFFECT("NoEffect");

  private final String label;

  Reason(String label) {
    this.label = label;
  }

  /** The word as conditions and JSON write it. */
  public String label() {
    return label;
  }
}
