package io.keyfront.cli.serve;

/** How call records are written to standard output. */
public enum LogFormat {
  /** Text on a terminal, JSON lines elsewhere. */
  AUTO,
  /** One JSON object a line. */
  JSON,
  /** One line for people. */
  TEXT
}
