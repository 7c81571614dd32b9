package io.keyfront.e2e.chaos;

import java.util.List;
import java.util.OptionalLong;

/** Who plays: the tokens, and the one credential with a budget of its own. */
final class Cast {
  /** Speaks Chat Completions and Responses. */
  static final String OPEN = "fakeopen";

  /** Speaks Messages. */
  static final String CLAUDE = "fakeclaude";

  /** As {@link #OPEN}; all its tokens draw on one budget, that of its credential. */
  static final String SHARED = "fakeshared";

  /** The one whose agents hold many streams open, and leave before any of them ends. */
  static final String CAPPED = "capped";

  private static final long CENT = 10_000_000L;

  /** From a budget for some five calls to one that nobody reaches. */
  static final List<Purse> PURSES =
      List.of(
          Purse.wild("tiny-a", 2 * CENT, 8),
          Purse.wild("tiny-b", 3 * CENT, 8),
          Purse.wild("middle", 60 * CENT, 14),
          Purse.wild("large", 1_000_000 * CENT, 10),
          Purse.wild("calm-tiny", 4 * CENT, 8).becalmed(),
          Purse.wild("calm-middle", 60 * CENT, 12).becalmed(),
          Purse.wild("calm-large", 1_000_000 * CENT, 12).becalmed(),
          Purse.wild("counted", 0, 8).withoutUsd().withTokens(40_000),
          Purse.wild("both", 50 * CENT, 8).withTokens(100_000),
          Purse.wild(CAPPED, 1_000_000 * CENT, 6).capped(6, 120),
          Purse.wild("shared-a", 0, 6).withoutUsd().at(SHARED),
          Purse.wild("shared-b", 100_000 * CENT, 6).at(SHARED).becalmed());

  private Cast() {}

  /** Of the credential that some tokens share. */
  static Limit sharedLimit() {
    return new Limit(OptionalLong.of(90 * CENT), OptionalLong.empty());
  }

  static boolean isShared(Purse purse) {
    return purse.provider().filter(SHARED::equals).isPresent();
  }

  static Purse named(String name) {
    return PURSES.stream().filter(purse -> purse.name().equals(name)).findFirst().orElseThrow();
  }
}
