package io.keyfront.core.provider;

/**
 * The family of a wire format: decides the shape of errors and the header that carries a
 * credential.
 */
public enum Dialect {
  ANTHROPIC,
  OPENAI,
  GEMINI
}
