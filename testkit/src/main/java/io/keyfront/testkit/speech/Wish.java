package io.keyfront.testkit.speech;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the prompt asks of the fake: {@code len=N} words, {@code reason=N} reasoning tokens, {@code
 * cache=READ[/WRITE5M[/WRITE1H]]} cache tokens, {@code use-tool}. OpenAI knows writes of one kind
 * (the first), Gemini none. Numbers are at most {@value #MAX}, words {@value #MAX_WORDS}.
 */
public record Wish(
    OptionalInt length,
    int reasoning,
    int cacheRead,
    int cacheWrite5m,
    int cacheWrite1h,
    boolean useTool) {
  /** No number of a wish counts for more. */
  public static final int MAX = 1_000_000;

  /** An answer has no more words: each is an event in memory. */
  public static final int MAX_WORDS = 100_000;

  private static final Pattern LENGTH = Pattern.compile("\\blen=(\\d{1,9})");
  private static final Pattern REASONING = Pattern.compile("\\breason=(\\d{1,9})");
  private static final Pattern CACHE =
      Pattern.compile("\\bcache=(\\d{1,9})(?:/(\\d{1,9}))?(?:/(\\d{1,9}))?");

  /** Reads the wishes from the last text of the user. */
  public static Wish in(String prompt) {
    Matcher length = LENGTH.matcher(prompt);
    Matcher reasoning = REASONING.matcher(prompt);
    Matcher cache = CACHE.matcher(prompt);
    boolean cached = cache.find();
    return new Wish(
        length.find()
            ? OptionalInt.of(Math.min(MAX_WORDS, number(length, 1)))
            : OptionalInt.empty(),
        reasoning.find() ? number(reasoning, 1) : 0,
        cached ? number(cache, 1) : 0,
        cached ? number(cache, 2) : 0,
        cached ? number(cache, 3) : 0,
        prompt.contains("use-tool"));
  }

  private static int number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Math.min(MAX, Integer.parseInt(digits));
  }
}
