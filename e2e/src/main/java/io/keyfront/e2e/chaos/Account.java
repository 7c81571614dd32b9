package io.keyfront.e2e.chaos;

import java.util.List;

/**
 * One account beside the bill of its calls.
 *
 * @param highest limit that was ever in force
 * @param billedCalls how many calls the provider billed
 */
record Account(String name, Limit highest, Spent bill, long billedCalls, Books.Line line) {

  /**
   * Adds a sentence for every promise that was broken. An account without a budget has no mark:
   * what it used is forgotten with all else that a Redis forgets.
   */
  void check(List<String> broken, Scenario scenario) {
    if (!highest.admits(bill)) {
      say(
          broken,
          "the provider bills %s, beyond the highest limit %s".formatted(text(bill), highest));
    }
    boolean marked = !highest.equals(Limit.NONE);
    if ((marked || scenario.remembersCalls()) && !line.spent().covers(bill)) {
      say(broken, "spend %s is less than the bill %s".formatted(text(line.spent()), text(bill)));
    }
    if (!line.reserved().isNothing()) {
      say(broken, "%s stay reserved".formatted(text(line.reserved())));
    }
    if (scenario.remembersCalls() && line.requests() < billedCalls) {
      say(
          broken,
          "%d calls were billed, and %d are on the books".formatted(billedCalls, line.requests()));
    }
    if (scenario.keepsEverything()) {
      checkExact(broken);
    }
  }

  /**
   * What holds as long as Redis loses nothing, and shows that no call is charged twice. A proxy
   * that was killed cannot tell that nothing of its own is missing, and charges its marks. When it
   * comes back after budgets were opened, that is beside what was admitted meanwhile.
   */
  private void checkExact(List<String> broken) {
    if (!line.overrun().isNothing()) {
      say(broken, "calls used %s more than was held for them".formatted(text(line.overrun())));
    }
    if (!highest.admits(line.byCalls())) {
      say(
          broken,
          "calls were charged %s, beyond the highest limit %s"
              .formatted(text(line.byCalls()), highest));
    }
    if (!highest.admits(line.seeded())) {
      say(
          broken,
          "marks charged %s, beyond the highest limit %s".formatted(text(line.seeded()), highest));
    }
  }

  private void say(List<String> broken, String sentence) {
    broken.add(name + ": " + sentence + ".");
  }

  private static String text(Spent spent) {
    return "%s USD and %d tokens".formatted(spent.usd(), spent.tokens());
  }
}
