package io.keyfront.ledger.mark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Marks in memory, which a thread of their own writes to where they last: as many at a time as
 * wait. Who raised one hears that it is durable only when it was written.
 */
public abstract class WrittenMarks implements Marks, AutoCloseable {
  /** Accounts with a mark; some 100 MB. More are refused their budgets. */
  static final int MOST_ACCOUNTS = 200_000;

  private static final int CLOSING_SECONDS = 5;

  private final Map<AccountId, Mark> durable = new ConcurrentHashMap<>();
  private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();

  /** By their sites. */
  private final Map<String, Sighting> latest = new ConcurrentHashMap<>();

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("keyfront-marks").factory());

  private record Wish(AccountId account, Mark mark, CompletableFuture<Void> done) {}

  /** What is durable already: to be called before anything else. */
  protected final void begin(Map<AccountId, Mark> known, @Nullable Sighting seen) {
    begin(known, seen == null ? List.of() : List.of(seen));
  }

  /** The same, for a ledger of several sites. */
  protected final void begin(Map<AccountId, Mark> known, Collection<Sighting> seen) {
    durable.putAll(known);
    seen.forEach(each -> latest.put(each.site(), each));
  }

  /** What was seen last of every site. */
  protected final Collection<Sighting> sightings() {
    return latest.values();
  }

  /**
   * Writes it to where it lasts. On the thread.
   *
   * @param raised what is higher now; may be empty
   * @param seen what was seen last of the whole ledger
   * @return what is durable now of the accounts that were raised, and perhaps of others
   * @throws IOException when it cannot, with a reason for people: none of it counts as durable
   */
  protected abstract Map<AccountId, Mark> write(
      Map<AccountId, Mark> raised, @Nullable Sighting seen) throws IOException;

  /** The words that a failure to write begins with, as {@code the marks in /home}. */
  protected abstract String place();

  /** What was found to be durable since the beginning. On the thread. */
  protected final void learn(Map<AccountId, Mark> found) {
    durable.putAll(found);
  }

  /** What bounds nothing any more, and is kept nowhere. On the thread. */
  protected final void forget(Set<AccountId> gone) {
    durable.keySet().removeAll(gone);
  }

  /** Does something on the thread that writes, after a pause; not at all once this is closed. */
  protected final void later(Duration pause, Runnable work) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, this::onThread)
        .execute(work);
  }

  private void onThread(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException closed) {
      // There is nobody left who would need it.
    }
  }

  /** After the last write. */
  protected void ended() {}

  /** All marks as they are durable, for whoever rewrites them. */
  protected final Map<AccountId, Mark> durable() {
    return durable;
  }

  @Override
  public final Optional<Mark> of(AccountId account) {
    return Optional.ofNullable(durable.get(account));
  }

  @Override
  public final Map<AccountId, Mark> all() {
    return Map.copyOf(durable);
  }

  @Override
  public final CompletionStage<Void> raise(AccountId account, Mark mark) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (account.id().getBytes(UTF_8).length > MarkRecord.MOST_TEXT) {
      done.completeExceptionally(new IllegalStateException("The account's id is too long."));
      return done;
    }
    wishes.add(new Wish(account, mark, done));
    wake();
    return done;
  }

  @Override
  public final Optional<Sighting> seen() {
    return seen("");
  }

  @Override
  public final Optional<Sighting> seen(String site) {
    return Optional.ofNullable(latest.get(site));
  }

  @Override
  public final void saw(Sighting sighting) {
    latest.put(sighting.site(), sighting);
    wake();
  }

  private void wake() {
    if (!thread.isShutdown() && awake.compareAndSet(false, true)) {
      thread.execute(this::write);
    }
  }

  private void write() {
    awake.set(false);
    Map<AccountId, Mark> raised = new HashMap<>();
    List<CompletableFuture<Void>> waiting = new ArrayList<>();
    for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
      Mark before = raised.getOrDefault(wish.account, durable.get(wish.account));
      if (before == null && durable.size() + raised.size() >= MOST_ACCOUNTS) {
        wish.done.completeExceptionally(
            new IllegalStateException("%d accounts have marks already".formatted(MOST_ACCOUNTS)));
        continue;
      }
      raised.put(wish.account, before == null ? wish.mark : before.merged(wish.mark));
      waiting.add(wish.done);
    }
    raised.entrySet().removeIf(each -> each.getValue().equals(durable.get(each.getKey())));
    try {
      durable.putAll(write(raised, latest.get("")));
      waiting.forEach(done -> done.complete(null));
    } catch (IOException | RuntimeException failed) {
      IllegalStateException why =
          new IllegalStateException("%s cannot be written: %s".formatted(place(), failed));
      waiting.forEach(done -> done.completeExceptionally(why));
    }
  }

  /** Writes what waits to be written. */
  @Override
  public void close() {
    wake();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    ended();
  }
}
