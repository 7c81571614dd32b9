package io.keyfront.e2e.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that is known when a run is over.
 *
 * @param highest of each token, the highest budget that was ever in force
 * @param events how often each kind took place
 * @param losses of Redis
 * @param cappedNanos how long the token with a rate was called
 */
record Evidence(
    ChaosOptions options,
    Map<String, Limit> highest,
    ProviderBill bill,
    Books books,
    Tally tally,
    Map<String, Integer> events,
    Losses losses,
    long cappedNanos) {

  Scenario scenario() {
    return options.scenario();
  }

  /** Every account beside the bill of its calls: the tokens', then the shared credential's. */
  List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    Spent shared = Spent.NOTHING;
    long calls = 0;
    for (Purse purse : Cast.PURSES) {
      Limit most = highest.getOrDefault(purse.name(), Limit.NONE);
      Spent billed = bill.of(purse);
      accounts.add(new Account(purse.name(), most, billed, bill.callsOf(purse), books.of(purse)));
      if (Cast.isShared(purse)) {
        shared = shared.plus(billed);
        calls += bill.callsOf(purse);
      }
    }
    accounts.add(new Account(Cast.SHARED, Cast.sharedLimit(), shared, calls, books.shared()));
    return accounts;
  }
}
