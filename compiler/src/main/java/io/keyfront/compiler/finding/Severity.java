package io.keyfront.compiler.finding;

/** How bad a finding is. */
public enum Severity {
  /** The resource, or the part of it that the finding names, is refused. */
  ERROR,
  /** The resource is in use, though probably not as meant. */
  WARNING
}
