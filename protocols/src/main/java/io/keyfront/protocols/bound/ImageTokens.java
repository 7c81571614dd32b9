package io.keyfront.protocols.bound;

import java.util.List;

/**
 * The most tokens that one image counts, by family of models. Providers shrink an image that is
 * larger, so no image counts more; read in November 2026 from the pages named.
 */
public final class ImageTokens {
  /** The largest known: gpt-4o-mini's 2,833 + 8 tiles of 5,667. For families not listed. */
  public static final long LARGEST = 48_169;

  private static final String BOUNDARIES = "/.:";

  private record Family(String name, long tokens) {}

  /** The first that fits counts, so the longer of two names comes first. */
  private static final List<Family> FAMILIES =
      List.of(
          // https://platform.claude.com/docs/en/build-with-claude/vision: patches of 28 x 28 pixels
          // in at most 2576 pixels a side; 4,784 at the most since Opus 4.7, some 1,660 before.
          new Family("claude", 5_000),
          // https://platform.openai.com/docs/guides/images-vision: a base and at most 4 x 2 tiles
          // of
          // 512 pixels (2048 by 768), or at most 1,536 patches times the model's factor; since
          // gpt-5.4 `original` detail, at most 10,000 patches times 1.2.
          new Family("gpt-4o-mini", LARGEST),
          new Family("gpt-4o", 1_445),
          new Family("gpt-4-turbo", 1_445),
          new Family("gpt-4.1-mini", 2_489),
          new Family("gpt-4.1-nano", 3_779),
          new Family("gpt-4.1", 1_445),
          new Family("gpt-5", 12_000),
          new Family("o4-mini", 2_642),
          // https://ai.google.dev/gemini-api/docs/media-resolution: at most 2,240 since Gemini 3.
          // Before: tiles of 258 tokens, of 256 to 768 pixels, cut from at most 3072 x 3072; the
          // most are 12 x 2, of a picture just too high for one row of the smallest.
          new Family("gemini", 6_192));

  private ImageTokens() {}

  /**
   * @param model as sent upstream; a vendor in front of it ({@code anthropic/claude-…}, {@code
   *     us.anthropic.claude-…}) does not matter
   */
  public static long most(String model) {
    for (Family family : FAMILIES) {
      if (isOf(family.name(), model)) {
        return family.tokens();
      }
    }
    return LARGEST;
  }

  private static boolean isOf(String family, String model) {
    int at = model.indexOf(family);
    while (at > 0 && BOUNDARIES.indexOf(model.charAt(at - 1)) < 0) {
      at = model.indexOf(family, at + 1);
    }
    return at >= 0;
  }
}
