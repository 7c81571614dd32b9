package io.keyfront.dataplane.admit;

import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permitted;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Counts the input of calls that would be refused for what their bytes could come to. */
public interface ExactCounting {
  /** Whether it can be counted at all. Costs nothing. */
  boolean isAble(Permitted permitted, Candidate candidate);

  /**
   * Counts, once, within a bounded time.
   *
   * @return tokens of input at most; empty where nobody could say in time. Never fails; completes
   *     on the event loop that asked
   */
  CompletionStage<OptionalLong> count(Permitted permitted, Candidate candidate);
}
