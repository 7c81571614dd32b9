package io.keyfront.core.provider;

import java.util.Arrays;
import java.util.Optional;

/** The wire format a client speaks. */
public enum Protocol {
  ANTHROPIC_MESSAGES("anthropic-messages", Dialect.ANTHROPIC),
  OPENAI_CHAT("openai-chat", Dialect.OPENAI),
  OPENAI_RESPONSES("openai-responses", Dialect.OPENAI),
  OPENAI_EMBEDDINGS("openai-embeddings", Dialect.OPENAI),
  GEMINI("gemini", Dialect.GEMINI);

  private final String id;
  private final Dialect dialect;

  Protocol(String id, Dialect dialect) {
    this.id = id;
    this.dialect = dialect;
  }

  /** The name in resources, records and metrics. */
  public String id() {
    return id;
  }

  public Dialect dialect() {
    return dialect;
  }

  public static Optional<Protocol> byId(String id) {
    return Arrays.stream(values()).filter(protocol -> protocol.id.equals(id)).findFirst();
  }
}
