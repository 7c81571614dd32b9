package io.keyfront.operator.apply;

import io.keyfront.operator.observe.ObjectName;
import io.keyfront.snapshot.PartName;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What changed since the last round. A change of what is in use starts a round at once; what is new
 * waits for company, so that a storm of new tokens does not rewrite a shard for each.
 */
public final class Signals {
  /** How long a change in use waits for what comes with it. */
  private static final Duration SOON = Duration.ofMillis(20);

  /** New things wait until nothing came for so long… */
  private static final Duration QUIET = Duration.ofMillis(100);

  /** …but no longer than this. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Set<ObjectName> tokens = new HashSet<>();
  private Set<ObjectName> secrets = new HashSet<>();
  private Set<PartName> parts = new HashSet<>();
  private boolean common;
  private boolean urgent;
  private boolean any;
  private long first;
  private long last;

  /** What a round takes up. */
  record Changes(
      Set<ObjectName> tokens, Set<ObjectName> secrets, Set<PartName> parts, boolean common) {}

  public void token(ObjectName name, boolean isNew) {
    signal(!isNew, () -> tokens.add(name));
  }

  /** A Secret that something refers to. */
  public void secret(ObjectName name) {
    signal(true, () -> secrets.add(name));
  }

  public void common() {
    signal(true, () -> common = true);
  }

  /** A part that does not lie there as it should. */
  public void part(PartName part) {
    signal(true, () -> parts.add(part));
  }

  private void signal(boolean now, Runnable note) {
    lock.lock();
    try {
      note.run();
      last = System.nanoTime();
      first = any ? first : last;
      any = true;
      urgent |= now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a round is due and takes what it is about; empty after the longest wait. */
  Changes await(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    lock.lockInterruptibly();
    try {
      long left = nanosLeft(end);
      while (left > 0) {
        if (changed.awaitNanos(left) <= 0 && !any) {
          break;
        }
        left = nanosLeft(end);
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private long nanosLeft(long end) {
    long now = System.nanoTime();
    if (!any) {
      return end - now;
    }
    long due =
        urgent
            ? first + SOON.toNanos()
            : Math.min(last + QUIET.toNanos(), first + PATIENCE.toNanos());
    return due - now;
  }

  private Changes take() {
    var changes = new Changes(tokens, secrets, parts, common);
    tokens = new HashSet<>();
    secrets = new HashSet<>();
    parts = new HashSet<>();
    common = false;
    urgent = false;
    any = false;
    return changes;
  }
}
