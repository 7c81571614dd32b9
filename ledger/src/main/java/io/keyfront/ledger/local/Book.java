package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.AccountImage;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All accounts of a ledger, numbered in the order of their opening. Not safe for several threads.
 */
final class Book {
  private final Account.Rules rules;
  private final Map<AccountId, Entry> byId = new HashMap<>();
  private final List<Entry> byNumber = new ArrayList<>();

  /** Those that may have calls in flight. */
  private final List<Entry> busy = new ArrayList<>();

  private long clock = Long.MIN_VALUE;

  Book(Account.Rules rules) {
    this.rules = rules;
  }

  /** The book's moment: now, or the latest one that it has seen. */
  long moment(long now) {
    clock = Math.max(clock, now);
    return clock;
  }

  long clock() {
    return clock;
  }

  int size() {
    return byNumber.size();
  }

  @Nullable Entry find(AccountId id) {
    return byId.get(id);
  }

  Entry open(AccountId id) {
    return add(new Account(id, rules));
  }

  /** An account for one look at it. */
  Account unused(AccountId id) {
    return new Account(id, rules);
  }

  void restore(AccountImage image) {
    moment(image.clock());
    notice(add(new Account(image, rules)));
  }

  private Entry add(Account account) {
    Entry entry = new Entry(byNumber.size(), account);
    if (byId.putIfAbsent(account.id(), entry) != null) {
      throw new IllegalArgumentException("An account was opened twice: " + account.id());
    }
    byNumber.add(entry);
    return entry;
  }

  /**
   * The same accounts, but for those of session tokens' subjects that hold nothing and that nobody
   * has used for a while. They have other numbers: only for a journal that begins anew.
   */
  Book withoutUnused(Duration session) {
    Book kept = new Book(rules);
    kept.moment(clock);
    long since = clock - session.toNanos() / 1000;
    for (Entry entry : byNumber) {
      Account account = entry.account;
      if (!account.id().isSession() || account.inFlight() > 0 || account.lastTouched() > since) {
        kept.notice(kept.add(account));
      }
    }
    return kept;
  }

  /** In the order of their numbers. */
  List<Entry> entries() {
    return Collections.unmodifiableList(byNumber);
  }

  /** Has the sweep look at an account on which a call holds room. */
  void notice(Entry entry) {
    if (!entry.swept && entry.account.inFlight() > 0) {
      entry.swept = true;
      busy.add(entry);
    }
  }

  int busy() {
    return busy.size();
  }

  Entry busy(int index) {
    return busy.get(index);
  }

  /** Has the sweep pass over an account until a call holds room on it again. */
  void rest(int index) {
    Entry last = busy.removeLast();
    if (index < busy.size()) {
      busy.set(index, last).swept = false;
    } else {
      last.swept = false;
    }
  }

  /** Does again what was done. */
  void apply(Change change) {
    switch (change) {
      case Change.Opened(int number, AccountId id) -> {
        if (open(id).number != number) {
          throw new IllegalArgumentException("Account " + id + " has not number " + number);
        }
      }
      case Change.Placed placed ->
          placed.places().forEach(place -> place(placed, byNumber.get(place.account()), place));
      case Change.Settled settled ->
          settled.accounts().forEach(number -> settle(settled, byNumber.get(number)));
      case Change.Renewed renewed -> {
        long now = moment(renewed.now());
        renewed.accounts().forEach(number -> renew(renewed.call(), byNumber.get(number), now));
      }
      case Change.Touched(long now, int number) -> byNumber.get(number).account.touch(moment(now));
    }
  }

  /** False where the call holds nothing any more. */
  boolean renew(HoldId call, Entry entry, long now) {
    boolean held = entry.account.renew(call, now);
    notice(entry);
    return held;
  }

  private void place(Change.Placed placed, Entry entry, Change.Place place) {
    long now = moment(placed.now());
    entry.account.place(placed.call(), place.limits(), placed.amount(), now);
    notice(entry);
  }

  private void settle(Change.Settled settled, Entry entry) {
    long now = moment(settled.now());
    entry.account.settle(settled.call(), settled.settlement(), settled.admitted(), now);
  }

  /**
   * Charges every hold in full: whoever held it is gone, and nobody knows what was used. One whose
   * lease is over is swept, as it was on accounts that were looked at before.
   */
  int settleInDoubt(long moment) {
    long now = moment(moment);
    int calls = 0;
    for (int index = busy.size() - 1; index >= 0; index--) {
      Account account = busy.get(index).account;
      List<AccountImage.Open> held = account.image().held();
      account.touch(now);
      for (AccountImage.Open open : held) {
        if (account.open(open.call()) != null) {
          Settlement doubt = new Settlement.InDoubt(Usage.NONE, open.amount());
          account.settle(open.call(), doubt, open.admitted(), now);
        }
        calls += account.id().equals(AccountId.EVERYTHING) ? 1 : 0;
      }
      rest(index);
    }
    return calls;
  }
}
