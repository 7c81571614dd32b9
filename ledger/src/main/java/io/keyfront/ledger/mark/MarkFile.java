package io.keyfront.ledger.mark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Marks in a file of the home folder: appended, forced to the disk many at a time on a thread of
 * its own, and rewritten when most of it is of the past. A record that is not whole ends the file:
 * who waited for it was not told that it is durable.
 */
public final class MarkFile implements Marks, AutoCloseable {
  /** Accounts with a mark; some 100 MB. More are refused their budgets. */
  static final int MOST_ACCOUNTS = 200_000;

  private static final System.Logger LOG = System.getLogger(MarkFile.class.getName());
  private static final int CLOSING_SECONDS = 5;

  private final MarkLog log;
  private final Map<AccountId, Mark> durable = new ConcurrentHashMap<>();
  private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final AtomicReference<@Nullable Sighting> latest = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("keyfront-marks").factory());

  /** What the file says was seen. On the thread, as all that is written. */
  private @Nullable Sighting written;

  private record Wish(AccountId account, Mark mark, CompletableFuture<Void> done) {}

  private MarkFile(MarkLog log) {
    this.log = log;
  }

  /**
   * Opens the file {@code marks} of a folder, and makes both where they are missing. One process at
   * a time.
   *
   * @throws MarksUnusable when the file is of another format
   * @throws IOException when it cannot be read or written
   */
  public static MarkFile open(Path folder) throws IOException {
    MarkFile marks = new MarkFile(MarkLog.in(folder));
    marks.log.read(
        record -> {
          switch (record) {
            case MarkRecord.Marked(AccountId account, Mark mark) ->
                marks.durable.put(account, mark);
            case MarkRecord.Seen(Sighting sighting) -> marks.written = sighting;
          }
        });
    marks.latest.set(marks.written);
    return marks;
  }

  @Override
  public Optional<Mark> of(AccountId account) {
    return Optional.ofNullable(durable.get(account));
  }

  @Override
  public Map<AccountId, Mark> all() {
    return Map.copyOf(durable);
  }

  @Override
  public CompletionStage<Void> raise(AccountId account, Mark mark) {
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
  public Optional<Sighting> seen() {
    return Optional.ofNullable(latest.get());
  }

  @Override
  public void saw(Sighting sighting) {
    latest.set(sighting);
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
    try {
      append(raised);
      waiting.forEach(done -> done.complete(null));
    } catch (IOException failed) {
      IllegalStateException why =
          new IllegalStateException(
              "the marks in %s cannot be written: %s".formatted(log.folder(), failed));
      waiting.forEach(done -> done.completeExceptionally(why));
    }
  }

  private void append(Map<AccountId, Mark> raised) throws IOException {
    List<MarkRecord> records = new ArrayList<>();
    raised.forEach(
        (account, mark) -> {
          if (!mark.equals(durable.get(account))) {
            records.add(new MarkRecord.Marked(account, mark));
          }
        });
    Sighting seen = latest.get();
    if (seen != null && !seen.equals(written)) {
      records.add(new MarkRecord.Seen(seen));
    }
    if (records.isEmpty()) {
      return;
    }
    log.append(records);
    written = seen;
    durable.putAll(raised);
    if (log.isMostlyPast()) {
      rewrite(seen);
    }
  }

  private void rewrite(@Nullable Sighting seen) {
    try {
      log.rewrite(whole(seen));
    } catch (IOException grows) {
      LOG.log(Level.WARNING, "The marks in " + log.folder() + " cannot be compacted.", grows);
    }
  }

  private List<MarkRecord> whole(@Nullable Sighting seen) {
    List<MarkRecord> records = new ArrayList<>();
    durable.forEach((account, mark) -> records.add(new MarkRecord.Marked(account, mark)));
    if (seen != null) {
      records.add(new MarkRecord.Seen(seen));
    }
    return records;
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
    log.close();
  }
}
