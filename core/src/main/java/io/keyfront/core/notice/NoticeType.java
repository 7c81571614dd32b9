package io.keyfront.core.notice;

import java.util.List;
import java.util.stream.Collectors;

/** What a webhook can be told. */
public enum NoticeType {
  /** A budget's spend has reached one of the webhook's thresholds. */
  BUDGET_THRESHOLD("budget.threshold"),
  /** A budget has nothing left, and a call was refused for it. */
  BUDGET_EXHAUSTED("budget.exhausted"),
  TOKEN_MINTED("token.minted"),
  TOKEN_REVOKED("token.revoked"),
  /** Asked for by an administrator, of one webhook, whatever events it lists. */
  TEST("webhook.test");

  /** Those that a webhook may list. */
  public static final List<NoticeType> LISTED =
      List.of(BUDGET_THRESHOLD, BUDGET_EXHAUSTED, TOKEN_MINTED, TOKEN_REVOKED);

  private final String label;

  NoticeType(String label) {
    this.label = label;
  }

  /** The name in bodies, headers and settings; stable. */
  public String label() {
    return label;
  }

  /** The names of all that a webhook may list, for sentences. */
  public static String labels() {
    return LISTED.stream().map(NoticeType::label).collect(Collectors.joining(", "));
  }
}
