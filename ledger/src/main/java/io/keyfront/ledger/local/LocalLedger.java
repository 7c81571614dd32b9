package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.AccountImage;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Micros;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import io.keyfront.core.ledger.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one process. Every change is in its journal before the stage completes, so that a
 * killed process loses neither spend nor holds: what is held when it starts again was a dead
 * process' and is in doubt, charged in full. See {@link Fsync} for what a power loss costs.
 *
 * <p>Stages are complete when they are returned, but for {@link Fsync#ALWAYS}, where the journal's
 * thread completes them.
 */
public final class LocalLedger implements Ledger {
  /**
   * In one process nobody repeats a settlement, but one may come late: a call whose lease ran out
   * may be corrected for a minute.
   */
  public static final Account.Rules RULES =
      new Account.Rules(Duration.ofSeconds(60), Duration.ofSeconds(60), false);

  /** Accounts beyond so many are not counted, and calls with limits on them are not admitted. */
  public static final int MOST_ACCOUNTS = 200_000;

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final InstantSource clock;
  private final int mostAccounts;
  private final Object lock = new Object();
  private final Book book;
  private final ChangeLog log;
  private final Entry everything;
  private final Party party = new Party();
  private boolean closed;

  LocalLedger(InstantSource clock, Book book, ChangeLog log, int mostAccounts) {
    this.clock = clock;
    this.mostAccounts = mostAccounts;
    this.book = book;
    this.log = log;
    Entry known = book.find(AccountId.EVERYTHING);
    this.everything = known == null ? opened(AccountId.EVERYTHING) : known;
  }

  /** A ledger that forgets everything with its process. */
  public static LocalLedger inMemory(InstantSource clock) {
    return new LocalLedger(clock, new Book(RULES), ChangeLog.NONE, MOST_ACCOUNTS);
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    Instant asked = clock.instant();
    if (asked.isAfter(request.deadline())) {
      return done(
          new Admission.Denied(new Shortage.TooLate(request.claims().getFirst().account())));
    }
    Admission admission;
    CompletableFuture<Void> safe = null;
    synchronized (lock) {
      admission = admit(request, asked);
      if (admission instanceof Admission.Admitted) {
        safe = log.safe();
      }
    }
    return safe == null
        ? done(admission)
        : safe.handle((forced, failed) -> failed == null ? admission : unsafe(request, failed));
  }

  private static CompletionStage<Admission> done(Admission admission) {
    return CompletableFuture.completedFuture(admission);
  }

  private Admission unsafe(HoldRequest request, Throwable failed) {
    var unused = abandon(request);
    return new Admission.Unavailable("The journal could not be forced to the disk: " + failed);
  }

  private Admission admit(HoldRequest request, Instant asked) {
    String refusal = closed ? "The ledger is closed." : log.refusal(request);
    if (refusal != null) {
      return new Admission.Unavailable(refusal);
    }
    party.clear();
    List<Claim> claims = request.claims();
    for (int index = 0; index < claims.size(); index++) {
      Claim claim = claims.get(index);
      Entry entry = counted(claim.account());
      if (entry != null) {
        party.add(entry, claim.limits());
      } else if (!claim.limits().isNone()) {
        return full(claim.account());
      }
    }
    party.add(everything, Limits.NONE);
    long now = book.moment(Micros.of(asked));
    Shortage shortage = look(request, now);
    return shortage == null ? place(request, now) : new Admission.Denied(shortage);
  }

  /** The account, which is opened by its first call; null beyond the bound. */
  private @Nullable Entry counted(AccountId account) {
    Entry entry = book.find(account);
    return entry != null || book.size() >= mostAccounts ? entry : opened(account);
  }

  private Entry opened(AccountId account) {
    Entry entry = book.open(account);
    log.opened(entry);
    return entry;
  }

  private Admission full(AccountId account) {
    return new Admission.Unavailable(
        "The ledger has as many accounts as it may, %d: %s cannot be limited."
            .formatted(mostAccounts, account.words()));
  }

  private @Nullable Shortage look(HoldRequest request, long now) {
    for (int index = 0; index < party.size(); index++) {
      Entry entry = party.entry(index);
      touch(entry, now);
      Shortage shortage =
          entry.account.look(request.id(), party.limits(index), request.amount(), now);
      if (shortage != null) {
        return shortage;
      }
    }
    return null;
  }

  private Admission place(HoldRequest request, long now) {
    log.placed(now, request.id(), request.amount(), party);
    boolean fresh = false;
    for (int index = 0; index < party.size(); index++) {
      Entry entry = party.entry(index);
      boolean placed =
          entry.account.place(request.id(), party.limits(index), request.amount(), now);
      fresh = index == 0 ? placed : fresh;
      book.notice(entry);
    }
    Account first = party.entry(0).account;
    return new Admission.Admitted(
        fresh ? hold(request, request.amount(), now) : again(request, first),
        first.id().equals(request.claims().getFirst().account())
            ? first.headroom(party.limits(0), now)
            : Headroom.UNLIMITED);
  }

  private static Hold hold(HoldRequest request, Amount amount, long admitted) {
    return new Hold(request.id(), request.accounts(), amount, Micros.instant(admitted));
  }

  /** What it has, as it was told the first time. */
  private static Hold again(HoldRequest request, Account account) {
    AccountImage.Open open = Objects.requireNonNull(account.open(request.id()));
    return hold(request, open.amount(), open.admitted());
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    return settle(hold.id(), hold.accounts(), Micros.of(hold.admittedAt()), settlement);
  }

  @Override
  public CompletionStage<Void> abandon(HoldRequest request) {
    return settle(request.id(), request.accounts(), Long.MIN_VALUE, new Settlement.Released());
  }

  private CompletionStage<Void> settle(
      HoldId call, List<AccountId> accounts, long admitted, Settlement settlement) {
    Instant asked = clock.instant();
    CompletableFuture<Void> safe;
    synchronized (lock) {
      if (closed) {
        return DONE;
      }
      long now = book.moment(Micros.of(asked));
      gather(accounts);
      log.settled(now, call, admitted, settlement, party);
      for (int index = 0; index < party.size(); index++) {
        party.entry(index).account.settle(call, settlement, admitted, now);
      }
      safe = log.safe();
    }
    // What the disk refuses is in memory, and in doubt for whoever reads the journal next.
    return safe == null ? DONE : safe.exceptionally(failed -> null);
  }

  private void gather(List<AccountId> accounts) {
    party.clear();
    for (int index = 0; index < accounts.size(); index++) {
      Entry entry = book.find(accounts.get(index));
      if (entry != null) {
        party.add(entry, Limits.NONE);
      }
    }
    party.add(everything, Limits.NONE);
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    Set<HoldId> gone = new HashSet<>();
    for (Hold hold : open) {
      if (!renew(hold)) {
        gone.add(hold.id());
      }
    }
    return CompletableFuture.completedFuture(gone);
  }

  private boolean renew(Hold hold) {
    Instant asked = clock.instant();
    synchronized (lock) {
      long now = book.moment(Micros.of(asked));
      gather(hold.accounts());
      if (!closed) {
        log.renewed(now, hold.id(), party);
      }
      boolean all = true;
      for (int index = 0; index < party.size(); index++) {
        all &= book.renew(hold.id(), party.entry(index), now);
      }
      return all;
    }
  }

  @Override
  public CompletionStage<Standing> standing(AccountId id) {
    Instant asked = clock.instant();
    synchronized (lock) {
      long now = book.moment(Micros.of(asked));
      Entry entry = book.find(id);
      if (entry != null) {
        touch(entry, now);
      }
      Account account = entry == null ? book.unused(id) : entry.account;
      return CompletableFuture.completedFuture(account.standing(now));
    }
  }

  /** Its journal loses nothing that a mark would have to stand for. */
  @Override
  public CompletionStage<Amount> credit(AccountId account, Amount most) {
    return CompletableFuture.completedFuture(Amount.ZERO);
  }

  @Override
  public Duration lease() {
    return RULES.lease();
  }

  /** Charges what nobody renewed; to be called each second. Takes about 20 ns an account in use. */
  public void sweep() {
    Instant asked = clock.instant();
    synchronized (lock) {
      long now = book.moment(Micros.of(asked));
      for (int index = book.busy() - 1; index >= 0; index--) {
        Entry entry = book.busy(index);
        touch(entry, now);
        if (entry.account.inFlight() == 0) {
          book.rest(index);
        }
      }
    }
  }

  /** Ends leases that are over, at a moment that the journal knows. */
  private void touch(Entry entry, long now) {
    if (entry.account.nextLeaseEnd() <= now) {
      if (!closed) {
        log.touched(now, entry);
      }
      entry.account.touch(now);
    }
  }

  /** Calls that hold room now. */
  public int inFlight() {
    synchronized (lock) {
      return everything.account.inFlight();
    }
  }

  /** Takes nothing more: holds are not admitted, settlements are forgotten. */
  void end() {
    synchronized (lock) {
      closed = true;
    }
  }
}
