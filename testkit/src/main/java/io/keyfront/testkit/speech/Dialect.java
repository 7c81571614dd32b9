package io.keyfront.testkit.speech;

/** The wire formats that the fake provider speaks. */
public enum Dialect {
  ANTHROPIC,
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  OPENAI_EMBEDDINGS,
  GEMINI;

  /** Whether errors, ids and headers are OpenAI's. */
  public boolean isOpenAi() {
    return this == OPENAI_CHAT || this == OPENAI_RESPONSES || this == OPENAI_EMBEDDINGS;
  }
}
