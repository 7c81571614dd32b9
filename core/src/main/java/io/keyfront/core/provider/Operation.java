package io.keyfront.core.provider;

/** What a call asks of the model's provider. */
public enum Operation {
  /** Makes tokens, or embeddings: costs money. */
  GENERATE("generate"),
  /** Counts the tokens of a prompt; free at every provider. */
  COUNT_TOKENS("count_tokens"),
  /** Lists the models. */
  LIST_MODELS("list_models"),
  /** Describes one model. */
  GET_MODEL("get_model");

  private final String id;

  Operation(String id) {
    this.id = id;
  }

  /** The name in records and metrics. */
  public String id() {
    return id;
  }

  /** Whether the request has a body with a model in it. */
  public boolean hasBody() {
    return this == GENERATE || this == COUNT_TOKENS;
  }
}
