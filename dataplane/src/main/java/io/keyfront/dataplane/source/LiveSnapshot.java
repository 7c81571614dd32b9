package io.keyfront.dataplane.source;

import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.PartName;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The configuration in use, made of parts that arrive one by one. Parts are read on a thread of
 * their own; who asks for the snapshot reads one reference. What arrives while parts are read waits
 * and is taken together, the last word on each part only, so a burst makes few snapshots and what
 * waits is bounded by the number of parts.
 */
public final class LiveSnapshot implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LiveSnapshot.class.getName());

  /** After a swap what arrives within it is taken together. */
  private static final Duration GATHER = Duration.ofMillis(10);

  private final Object lock = new Object();
  private final UnaryOperator<Snapshot> finish;
  private final List<Consumer<Swap>> listeners = new CopyOnWriteArrayList<>();
  private final Gathering gathering = new Gathering();
  private final Thread thread;
  private Map<PartName, Word> waiting = new LinkedHashMap<>();
  private boolean begun;
  private boolean closed;
  private volatile Current current = new Current(Assembly.EMPTY, Snapshot.EMPTY);

  private record Current(Assembly assembly, Snapshot snapshot) {}

  /**
   * @param finish what this server lays over every snapshot
   */
  public LiveSnapshot(UnaryOperator<Snapshot> finish) {
    this.finish = finish;
    this.thread = Thread.ofPlatform().daemon().name("keyfront-snapshot").unstarted(this::work);
  }

  /** Hears of every swap, on the thread that reads parts, after the snapshot is in use. */
  public void onSwap(Consumer<Swap> listener) {
    listeners.add(listener);
  }

  /**
   * Begins to read, once: what was told before is read first, and taken over together. So a proxy
   * has no configuration until its source has said all: half of it would refuse good tokens.
   */
  public LiveSnapshot start() {
    synchronized (lock) {
      if (!begun && !closed) {
        begun = true;
        thread.start();
      }
    }
    return this;
  }

  /** A part as its source holds it now. */
  public void published(PartName name, long sequence, byte[] bytes) {
    say(name, new Word.Published(sequence, bytes));
  }

  /** A part that is there, but not as it must be. */
  public void unreadable(PartName name, long sequence, String why) {
    say(name, new Word.Unreadable(sequence, why));
  }

  /** A part that its source no longer holds. */
  public void gone(PartName name) {
    say(name, new Word.Gone());
  }

  public Snapshot snapshot() {
    return current.snapshot();
  }

  public Assembly assembly() {
    return current.assembly();
  }

  private void say(PartName name, Word word) {
    synchronized (lock) {
      waiting.put(name, word);
      lock.notifyAll();
    }
  }

  private void work() {
    try {
      for (Map<PartName, Word> words = next(); !words.isEmpty(); words = next()) {
        swap(words);
        LockSupport.parkNanos(GATHER.toNanos());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for words; empty once it is closed. */
  private Map<PartName, Word> next() throws InterruptedException {
    synchronized (lock) {
      while (waiting.isEmpty() && !closed) {
        lock.wait();
      }
      Map<PartName, Word> words = closed ? Map.of() : waiting;
      waiting = new LinkedHashMap<>();
      return words;
    }
  }

  private void swap(Map<PartName, Word> words) {
    try {
      Assembly before = current.assembly();
      Swap swap = gathering.take(words);
      current = new Current(swap.assembly(), finish.apply(swap.assembly().snapshot()));
      say(before, swap.assembly());
      listeners.forEach(listener -> listener.accept(swap));
    } catch (RuntimeException bug) {
      // What is in use stays in use, and the next words are heard.
      LOG.log(Level.ERROR, "A part of the configuration could not be taken over.", bug);
    }
  }

  private static void say(Assembly before, Assembly now) {
    now.refusals()
        .forEach(
            (name, refusal) -> {
              if (!refusal.equals(before.refusals().get(name))) {
                LOG.log(Level.ERROR, refusal.why());
              }
            });
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }
}
