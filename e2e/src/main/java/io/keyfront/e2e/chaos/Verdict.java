package io.keyfront.e2e.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the promises.
 *
 * @param broken a sentence for each promise that was broken
 * @param report for people: every account, every event, every outcome
 */
public record Verdict(List<String> broken, String report) {
  private static final double SECONDS_A_NANO = 1e-9;

  /** Holds everything against the provider's bill. */
  static Verdict of(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    evidence.accounts().forEach(account -> account.check(broken, evidence.scenario()));
    checkCapped(evidence, broken);
    checkAttack(evidence, broken);
    return new Verdict(List.copyOf(broken), Report.of(evidence, broken));
  }

  public boolean holds() {
    return broken.isEmpty();
  }

  /** Its agents leave before their streams end, so they never count a call that is over. */
  private static void checkCapped(Evidence evidence, List<String> broken) {
    if (!evidence.scenario().keepsEverything()) {
      return;
    }
    Purse capped = Cast.named(Cast.CAPPED);
    Tally tally = evidence.tally();
    if (tally.mostCapped() > capped.concurrency().orElseThrow()) {
      broken.add(
          "token %s: %d calls at one time, and %d were allowed."
              .formatted(capped.name(), tally.mostCapped(), capped.concurrency().orElseThrow()));
    }
    double minutes = (double) evidence.cappedNanos() * SECONDS_A_NANO / 60;
    double allowed = capped.requestsPerMinute().orElseThrow() * (1 + minutes);
    if ((double) tally.answeredCapped() > allowed) {
      broken.add(
          "token %s: %d calls were answered, and %.0f were allowed in this time."
              .formatted(capped.name(), tally.answeredCapped(), allowed));
    }
  }

  /** An attack that did not take place proves nothing. */
  private static void checkAttack(Evidence evidence, List<String> broken) {
    require(broken, evidence.tally().of("200 ended") >= 100, "fewer than 100 good answers");
    require(broken, evidence.tally().of("200 hung up") >= 20, "fewer than 20 hang-ups");
    require(broken, evidence.tally().of("402 ended") >= 5, "fewer than 5 spent budgets");
    require(broken, evidence.tally().mostCapped() >= 2, "the concurrency limit was not tried");
    for (Purse purse : Cast.PURSES) {
      boolean billed = !evidence.bill().of(purse).isNothing();
      require(broken, billed, "no call of token " + purse.name());
    }
    for (String kind : Plan.everyKind(evidence.scenario())) {
      require(broken, evidence.events().getOrDefault(kind, 0) > 0, "no event: " + kind);
    }
  }

  private static void require(List<String> broken, boolean happened, String what) {
    if (!happened) {
      broken.add("The attack was too weak to prove anything: " + what + ".");
    }
  }
}
