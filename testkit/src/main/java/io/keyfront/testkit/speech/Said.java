package io.keyfront.testkit.speech;

/**
 * An answer and whom it is billed to.
 *
 * @param model empty where the call names none
 * @param key the key presented; empty where there was none
 */
public record Said(Dialect dialect, String model, String key, Answer answer) {

  public Said withAnswer(Answer other) {
    return new Said(dialect, model, key, other);
  }

  /** Whether the call is on the bill: an answer of a model, not a refusal, list or count. */
  public boolean isBilled() {
    return !answer.total().equals(Tokens.NONE);
  }
}
