package io.keyfront.testkit.speech;

/**
 * Tokens of one call.
 *
 * @param input prompt tokens that no cache served or wrote
 * @param cacheRead prompt tokens read from a cache
 * @param cacheWrite5m prompt tokens written to a cache that lives 5 minutes
 * @param cacheWrite1h prompt tokens written to a cache that lives an hour
 * @param output answer tokens, reasoning included
 * @param reasoning the part of {@code output} that was reasoning
 */
public record Tokens(
    long input, long cacheRead, long cacheWrite5m, long cacheWrite1h, long output, long reasoning) {
  /** Nothing. */
  public static final Tokens NONE = new Tokens(0, 0, 0, 0, 0, 0);

  /** Output that is no reasoning. */
  public static Tokens ofOutput(long output) {
    return new Tokens(0, 0, 0, 0, output, 0);
  }

  public Tokens plus(Tokens other) {
    return new Tokens(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite5m + other.cacheWrite5m,
        cacheWrite1h + other.cacheWrite1h,
        output + other.output,
        reasoning + other.reasoning);
  }

  /** Every prompt token, whatever the cache did with it. */
  public long totalInput() {
    return input + cacheRead + cacheWrite5m + cacheWrite1h;
  }

  /** What is owed once the provider has begun: the prompt and the reasoning, no visible output. */
  public Tokens begun() {
    return new Tokens(input, cacheRead, cacheWrite5m, cacheWrite1h, reasoning, reasoning);
  }
}
