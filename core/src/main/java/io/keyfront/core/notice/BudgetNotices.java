package io.keyfront.core.notice;

import java.util.List;
import java.util.stream.Stream;

/** What a budget gives occasion to tell. Pure: the standing alone decides, not what led to it. */
public final class BudgetNotices {
  private BudgetNotices() {}

  /**
   * All that holds now, whether or not it was told before.
   *
   * @param refused whether a call was refused because nothing was left
   */
  public static List<Notice> of(BudgetState state, boolean refused, Webhook webhook) {
    Stream<Notice> reached =
        webhook.wants(NoticeType.BUDGET_THRESHOLD)
            ? webhook.thresholds().stream()
                .filter(state::hasReached)
                .map(percent -> new Notice.BudgetThreshold(state, percent))
            : Stream.empty();
    Stream<Notice> exhausted =
        refused && state.isExhausted() && webhook.wants(NoticeType.BUDGET_EXHAUSTED)
            ? Stream.of(new Notice.BudgetExhausted(state))
            : Stream.empty();
    return Stream.concat(reached, exhausted).toList();
  }
}
