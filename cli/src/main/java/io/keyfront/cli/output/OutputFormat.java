package io.keyfront.cli.output;

/** How a command prints its answer. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  /** For programs: one JSON document, fields as in docs/admin-api.md. */
  JSON,
  /** The same as YAML. */
  YAML
}
