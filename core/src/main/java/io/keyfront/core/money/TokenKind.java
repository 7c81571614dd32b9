package io.keyfront.core.money;

/** A kind of token that may have a price of its own. */
public enum TokenKind {
  /** Prompt tokens that no cache served or wrote. */
  INPUT,
  /** Prompt tokens read from a cache. */
  CACHE_READ,
  /** Prompt tokens written to a cache that lives 5 minutes, or whose life is not said. */
  CACHE_WRITE_5M,
  /** Prompt tokens written to a cache that lives an hour. */
  CACHE_WRITE_1H,
  /** Prompt tokens that are audio. */
  AUDIO_INPUT,
  /** Prompt tokens that are images. */
  IMAGE_INPUT,
  /** Answer tokens that are text. */
  OUTPUT,
  /** Answer tokens that are reasoning. */
  REASONING,
  /** Answer tokens that are audio. */
  AUDIO_OUTPUT,
  /** Answer tokens that are images. */
  IMAGE_OUTPUT;

  /** Whether it is part of the prompt. */
  public boolean isInput() {
    return plain() == INPUT;
  }

  /**
   * The kind whose price counts where this one has none of its own: {@code INPUT} or {@code
   * OUTPUT}.
   */
  public TokenKind plain() {
    return switch (this) {
      case INPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H, AUDIO_INPUT, IMAGE_INPUT -> INPUT;
      case OUTPUT, REASONING, AUDIO_OUTPUT, IMAGE_OUTPUT -> OUTPUT;
    };
  }
}
