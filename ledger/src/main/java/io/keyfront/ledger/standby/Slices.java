package io.keyfront.ledger.standby;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.OnLedgerLoss;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The slices of this proxy: taken when a budget asks for one, renewed, given back when nobody used
 * them for a while. Its owner's lock guards every method; what the shared ledger answers later is
 * taken under it, too.
 */
final class Slices {
  /** Beyond so many, further budgets have no slice. */
  static final int MOST = 10_000;

  /** A slice that serves no call for so long goes back to all. */
  static final Duration IDLE = Duration.ofMinutes(5);

  /** After a budget had no room for a slice, or gave one back, none is asked of it for so long. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final Ledger shared;
  private final InstantSource clock;
  private final Object lock;
  private final Account.Rules rules;
  private final String proxy = UUID.randomUUID().toString();
  private final Map<AccountId, Slice> open = new HashMap<>();

  /** No slice is taken before that moment; while one is asked for it is {@link Instant#MAX}. */
  private final Map<AccountId, Instant> notBefore = new HashMap<>();

  private long taken;
  private boolean closed;

  Slices(Ledger shared, InstantSource clock, Object lock, Account.Rules rules) {
    this.shared = shared;
    this.clock = clock;
    this.lock = lock;
    this.rules = rules;
  }

  @Nullable Slice of(AccountId account) {
    return open.get(account);
  }

  /** A call was admitted by the shared ledger: sees to slices for what is asked next. */
  void want(HoldRequest request) {
    Instant now = clock.instant();
    for (Claim claim : request.claims()) {
      if (isLeasing(claim.limits())) {
        Slice slice = open.get(claim.account());
        if (slice != null) {
          slice.used(now);
        } else if (!closed && open.size() < MOST && mayAsk(claim.account(), now)) {
          take(claim.account(), claim.limits().budget().orElseThrow(), request.amount(), now);
        }
      }
    }
  }

  static boolean isLeasing(Limits limits) {
    return limits.onLedgerLoss() == OnLedgerLoss.LEASE;
  }

  private boolean mayAsk(AccountId account, Instant now) {
    Instant then = notBefore.get(account);
    return then == null || !now.isBefore(then);
  }

  private void take(AccountId account, Budget budget, Amount asked, Instant now) {
    Amount size = SliceSize.of(budget, asked);
    if (size.isZero()) {
      return;
    }
    notBefore.put(account, Instant.MAX);
    HoldRequest request =
        new HoldRequest(
            HoldId.slice(proxy, ++taken),
            List.of(new Claim(account, Limits.of(budget))),
            size,
            now.plus(ANSWER_WITHIN));
    var unused =
        shared
            .hold(request)
            .whenComplete(
                (told, failure) -> {
                  synchronized (lock) {
                    answered(request, budget, told);
                  }
                });
  }

  private void answered(HoldRequest request, Budget budget, @Nullable Admission told) {
    AccountId account = request.claims().getFirst().account();
    Instant now = clock.instant();
    notBefore.put(account, now.plus(PAUSE));
    switch (told) {
      case Admission.Admitted(Hold hold, var headroom) when !closed ->
          open.put(account, new Slice(hold, budget, rules, now));
      case null -> shared.abandon(request);
      case Admission.Admitted late -> shared.abandon(request);
      case Admission.Unavailable away -> shared.abandon(request);
      case Admission.Denied denied -> {}
    }
  }

  /** Whether a slice reserves what a call on the account may want more. */
  boolean isSpare(AccountId account) {
    Slice slice = open.get(account);
    return slice != null && !slice.isInUse();
  }

  /** Ends a slice that no call uses: what was not spent of it is everybody's again. */
  CompletionStage<Void> giveBack(AccountId account) {
    Slice slice = open.get(account);
    if (slice == null || slice.isInUse()) {
      return CompletableFuture.completedFuture(null);
    }
    open.remove(account);
    Instant now = clock.instant();
    notBefore.put(account, now.plus(PAUSE));
    return shared.settle(slice.hold(), slice.settlement(Micros.of(now)));
  }

  /** Ends those that were spent from, that nobody wants, or whose window is over. */
  void tidy() {
    Instant now = clock.instant();
    long micros = Micros.of(now);
    for (Slice slice : List.copyOf(open.values())) {
      boolean unwanted = now.isAfter(slice.lastUsed().plus(IDLE));
      if (slice.isTouched(micros) || slice.isOver(now) || unwanted) {
        var unused = giveBack(slice.id());
      }
    }
    notBefore.values().removeIf(then -> then.isBefore(now));
  }

  /** Keeps the shared ledger from charging them in full; those that it did charge are corrected. */
  void renew() {
    if (open.isEmpty()) {
      return;
    }
    List<Hold> holds = new ArrayList<>();
    open.values().forEach(slice -> holds.add(slice.hold()));
    var unused =
        shared
            .renew(holds)
            .thenAccept(
                gone -> {
                  synchronized (lock) {
                    drop(gone);
                  }
                });
  }

  private void drop(Set<HoldId> gone) {
    for (Slice slice : List.copyOf(open.values())) {
      if (gone.contains(slice.hold().id())) {
        var unused = giveBack(slice.id());
      }
    }
  }

  /** Ends all that no call uses; the others are charged in full when their leases end. */
  void close() {
    closed = true;
    for (AccountId account : List.copyOf(open.keySet())) {
      var unused = giveBack(account);
    }
  }
}
