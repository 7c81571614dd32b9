package io.keyfront.ledger.standby;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Admission;
import io.keyfront.core.ledger.Claim;
import io.keyfront.core.ledger.ForwardingLedger;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.ledger.Shortage;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A shared ledger, and what stands in for it while it is away. Budgets that say {@code Lease} have
 * a slice each, which the shared ledger holds for this proxy all the time, and which it spends by
 * itself, exactly, when it must; those that say {@code Allow}, and calls without a budget, go on
 * under the rates that this proxy keeps for itself. All else is unavailable as before.
 *
 * <p>While the shared ledger answers, it decides, and nothing here does.
 */
public final class StandbyLedger extends ForwardingLedger implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StandbyLedger.class.getName());

  private final InstantSource clock;
  private final Object lock = new Object();
  private final Slices slices;
  private final StandIns standIns;
  private final ScheduledExecutorService thread;

  /** Written under the lock; read without it by calls that the shared ledger admitted. */
  private volatile boolean away;

  private long served;
  private final AwayNews news = new AwayNews();

  /**
   * Slices are renewed on a thread of its own until it is closed; the shared ledger stays the
   * caller's to close, afterwards.
   */
  public StandbyLedger(Ledger shared, InstantSource clock) {
    super(shared);
    this.clock = clock;
    Account.Rules rules = new Account.Rules(shared.lease(), shared.lease(), false);
    this.slices = new Slices(shared, clock, lock, rules);
    this.standIns = new StandIns(slices, rules);
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keyfront-slices").factory());
    long period = shared.renewEvery().toMillis();
    var unused = thread.scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletionStage<Admission> hold(HoldRequest request) {
    return super.hold(request).thenCompose(told -> heard(request, told));
  }

  private CompletionStage<Admission> heard(HoldRequest request, Admission told) {
    if (told instanceof Admission.Admitted && !away && !isLeasing(request)) {
      return CompletableFuture.completedFuture(told);
    }
    synchronized (lock) {
      return switch (told) {
        case Admission.Admitted admitted -> {
          back();
          slices.want(request);
          yield CompletableFuture.completedFuture(told);
        }
        case Admission.Denied(Shortage.OverBudget over) when slices.isSpare(over.account()) -> {
          back();
          yield slices.giveBack(over.account()).thenCompose(free -> ledger().hold(request));
        }
        case Admission.Denied denied -> {
          back();
          yield CompletableFuture.completedFuture(told);
        }
        case Admission.Unavailable(String detail) ->
            CompletableFuture.completedFuture(alone(request, detail));
      };
    }
  }

  private static boolean isLeasing(HoldRequest request) {
    for (Claim claim : request.claims()) {
      if (Slices.isLeasing(claim.limits())) {
        return true;
      }
    }
    return false;
  }

  private void back() {
    if (away) {
      away = false;
      news.back(served);
      served = 0;
      slices.tidy();
      standIns.tidy();
    }
  }

  private Admission alone(HoldRequest request, String detail) {
    Hold hold =
        new Hold(request.id().alone(), request.accounts(), request.amount(), clock.instant());
    Admission told = standIns.admit(request, hold, detail);
    if (told instanceof Admission.Admitted) {
      ledger().abandon(request);
      served++;
    }
    if (!away) {
      away = true;
      news.away(clock.instant(), detail);
    }
    return told;
  }

  @Override
  public CompletionStage<Void> settle(Hold hold, Settlement settlement) {
    if (!hold.id().isAlone()) {
      return super.settle(hold, settlement);
    }
    List<AccountId> others;
    synchronized (lock) {
      others = standIns.settle(hold, settlement, clock.instant());
      if (!away) {
        slices.tidy();
      }
    }
    // The slices' part is told with the slices; the rest is, as soon as somebody listens.
    return others.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : super.settle(new Hold(hold.id(), others, hold.amount(), hold.admittedAt()), settlement);
  }

  @Override
  public CompletionStage<Set<HoldId>> renew(Collection<Hold> open) {
    List<Hold> known = new ArrayList<>(open.size());
    Set<HoldId> gone = new HashSet<>();
    synchronized (lock) {
      for (Hold hold : open) {
        if (!hold.id().isAlone()) {
          known.add(hold);
        } else if (!standIns.renew(hold, clock.instant())) {
          gone.add(hold.id());
        }
      }
    }
    return known.isEmpty()
        ? CompletableFuture.completedFuture(gone)
        : super.renew(known)
            .thenApply(
                lost -> {
                  gone.addAll(lost);
                  return gone;
                });
  }

  /** Renews slices; ends those that were used or that nobody wants, if somebody listens. */
  void tick() {
    try {
      synchronized (lock) {
        slices.renew();
        if (!away) {
          slices.tidy();
          standIns.tidy();
        }
      }
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "Slices could not be renewed", failure);
    }
  }

  /** Gives the slices back. */
  @Override
  public void close() {
    thread.shutdownNow();
    synchronized (lock) {
      slices.close();
    }
  }
}
