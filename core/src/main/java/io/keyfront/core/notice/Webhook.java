package io.keyfront.core.notice;

import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import java.net.URI;
import java.util.List;

/**
 * Who is told what.
 *
 * @param name unique among webhooks
 * @param url takes a POST for each notice; may hold a secret, so it is never shown whole
 * @param secret signs what is sent: see {@link WebhookSignature}
 * @param events globs of the names of {@link NoticeType}
 * @param thresholds percent of a budget, 1 to 100, ascending
 * @param bodySignature whether the body alone is signed too, as the Python token proxy did
 */
public record Webhook(
    String name,
    URI url,
    SecretText secret,
    List<Glob> events,
    List<Integer> thresholds,
    boolean bodySignature) {
  /** Half, most and all of a budget. */
  public static final List<Integer> DEFAULT_THRESHOLDS = List.of(50, 80, 100);

  /**
   * @throws IllegalArgumentException when a threshold is out of range
   */
  public Webhook {
    events = List.copyOf(events);
    thresholds = thresholds.stream().distinct().sorted().toList();
    for (int percent : thresholds) {
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException(
            "A threshold of %d: give whole percent, 1 to 100.".formatted(percent));
      }
    }
  }

  public boolean wants(NoticeType type) {
    return events.stream().anyMatch(glob -> glob.matches(type.label()));
  }

  /** Whether budgets have to be looked at for it. */
  public boolean watchesBudgets() {
    return wants(NoticeType.BUDGET_EXHAUSTED)
        || (wants(NoticeType.BUDGET_THRESHOLD) && !thresholds.isEmpty());
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return name + " at " + url.getHost();
  }
}
