package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.Mark;
import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.redis.MendOperation.Told;
import io.keyfront.ledger.redis.SettleOperation.Ending;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells Redis again what it lost: first the calls under way, then what was settled, then the marks
 * of what nobody can tell. Every step is idempotent, so it is repeated until it was heard. On the
 * link's thread.
 */
final class Mending {
  /** Commands that are under way at one time. */
  private static final int AT_ONCE = 256;

  private static final long AGAIN_MILLIS = 50;

  private final Site site;
  private final EventExecutor loop;
  private final Pipeline pipeline;
  private final LiveCalls calls;
  private final Marks marks;
  private final Duration lease;

  /** Accounts that are being put right by themselves. */
  private final Set<AccountId> single = new HashSet<>();

  /**
   * What is missing.
   *
   * @param epoch of the server
   * @param clock of the server
   * @param from the moment up to which all of this proxy is there; negative for nothing at all
   * @param all whether it is more than this proxy can tell
   */
  record Loss(long epoch, long clock, long from, boolean all) {}

  /** Something to tell, and what to do when it was heard. */
  private interface Step {
    CompletableFuture<?> tell();
  }

  Mending(Site site, Recovery.Parts parts) {
    this.site = site;
    this.loop = parts.loop();
    this.pipeline = parts.pipeline();
    this.calls = parts.calls();
    this.marks = parts.marks();
    this.lease = parts.settings().rules().lease();
  }

  /** Has the calls under way held again whose leases ended while nobody could renew them. */
  void renew() {
    for (Hold hold : calls.underWay(lease)) {
      site.parts(hold.accounts())
          .forEach(accounts -> pipeline.submit(new RenewOperation(hold.id(), accounts)));
    }
  }

  /**
   * Tells everything.
   *
   * @param current false once that is of no more use
   */
  CompletableFuture<RedisNews.Recovered> all(Loss loss, BooleanSupplier current) {
    List<Step> steps = new ArrayList<>();
    int holds = restored(steps);
    int endings = loss.from < 0 ? 0 : settled(steps, loss.from);
    int[] seeded = new int[1];
    marks
        .all()
        .forEach(
            (account, mark) -> {
              if (site.has(account)) {
                steps.add(
                    () ->
                        seeded(account, mark, loss)
                            .thenAccept(inForce -> seeded[0] += inForce ? 1 : 0));
              }
            });
    return tell(steps, 0, current)
        .thenApply(done -> new RedisNews.Recovered(holds, endings, seeded[0]));
  }

  /** Tells what happened of late, but of no marks. */
  CompletableFuture<Void> recent(BooleanSupplier current) {
    List<Step> steps = new ArrayList<>();
    var _ = restored(steps);
    var _ = settled(steps, 0);
    return tell(steps, 0, current);
  }

  /** How many settlements are to be told. */
  private int settled(List<Step> steps, long from) {
    int before = steps.size();
    for (Ending ending : calls.endedSince(from)) {
      if (site.has(ending.accounts().getFirst())) {
        steps.add(() -> settled(ending));
      }
    }
    return steps.size() - before;
  }

  /** How many calls are to be held again. */
  private int restored(List<Step> steps) {
    int holds = 0;
    for (Hold hold : calls.underWay(lease)) {
      List<List<AccountId>> parts = site.parts(hold.accounts());
      parts.forEach(accounts -> steps.add(() -> told(MendOperation.restore(hold, accounts))));
      holds += parts.isEmpty() ? 0 : 1;
    }
    return holds;
  }

  /** Puts one account right, where nothing else is missing, or no more can be known. */
  void account(AccountId account, long epoch) {
    if (!single.add(account)) {
      return;
    }
    List<Step> steps = new ArrayList<>();
    for (Hold hold : calls.underWay(lease)) {
      if (hold.accounts().contains(account)) {
        steps.add(() -> told(MendOperation.restore(hold, List.of(account))));
      }
    }
    marks
        .of(account)
        .ifPresent(
            mark -> {
              long clock = mark.raised();
              steps.add(() -> seeded(account, mark, new Loss(epoch, clock, -1, true)));
            });
    var _ = tell(steps, 0, () -> true).whenComplete((done, failure) -> single.remove(account));
  }

  private CompletableFuture<Void> tell(List<Step> steps, int from, BooleanSupplier current) {
    if (from >= steps.size() || !current.getAsBoolean()) {
      return CompletableFuture.completedFuture(null);
    }
    int to = Math.min(steps.size(), from + AT_ONCE);
    CompletableFuture<?>[] parts =
        steps.subList(from, to).stream().map(Step::tell).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(parts)
        .handle((done, failure) -> failure == null)
        .thenCompose(
            heard -> heard ? tell(steps, to, current) : later(() -> tell(steps, from, current)));
  }

  private CompletableFuture<Void> later(Supplier<CompletableFuture<Void>> step) {
    CompletableFuture<Void> now = new CompletableFuture<>();
    var _ = loop.schedule(() -> now.complete(null), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    return now.thenCompose(again -> step.get());
  }

  private CompletableFuture<Told> told(MendOperation operation) {
    pipeline.submit(operation);
    return operation.told();
  }

  private CompletableFuture<?> settled(Ending ending) {
    SettleOperation operation =
        SettleOperation.again(
            ending,
            unanswered ->
                unanswered.done().completeExceptionally(new IllegalStateException("no answer")));
    pipeline.submit(operation);
    return operation.done();
  }

  /** A mark that is in force in the account is known to be, so that it is not seeded again. */
  private CompletableFuture<Boolean> seeded(AccountId account, Mark mark, Loss loss) {
    return told(MendOperation.seed(account, mark, !loss.all, loss.clock))
        .thenApply(
            answer -> {
              boolean inForce = answer.first() == 1;
              if (inForce) {
                var _ = marks.raise(account, mark.stamped(loss.epoch, answer.clock()));
              }
              return inForce;
            });
  }
}
