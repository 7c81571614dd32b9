package io.keyfront.operator;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What only the operator that leads does, each work on a thread of its own. */
final class Leadership {
  private static final System.Logger LOG = System.getLogger(Leadership.class.getName());

  private final Map<String, Runnable> work;
  private final Runnable onLost;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean leading;
  private volatile boolean ending;

  /**
   * @param work by its threads' names, begun in this order; each runs until it is interrupted
   * @param onLost called when another operator took over
   */
  Leadership(Map<String, Runnable> work, Runnable onLost) {
    this.work = new LinkedHashMap<>(work);
    this.onLost = onLost;
  }

  /** One work more, begun at once where it is time. */
  synchronized void add(String name, Runnable task) {
    work.put(name, task);
    if (leading && !ending) {
      begin(name, task);
    }
  }

  /** Begins, once. */
  synchronized void take() {
    if (leading || ending) {
      return;
    }
    leading = true;
    LOG.log(Level.INFO, "This operator leads.");
    work.forEach(this::begin);
  }

  private void begin(String name, Runnable task) {
    threads.add(Thread.ofPlatform().daemon().name(name).start(task));
  }

  void lose() {
    leading = false;
    if (!ending) {
      LOG.log(Level.WARNING, "Another operator leads: this one ends.");
      onLost.run();
    }
  }

  boolean isHeld() {
    return leading;
  }

  /** Whether all that should run does. */
  synchronized boolean isAlive() {
    return !leading || threads.stream().allMatch(Thread::isAlive);
  }

  boolean isEnding() {
    return ending;
  }

  /** Ends the work; nothing begins any more. */
  synchronized void end() {
    ending = true;
    threads.forEach(Thread::interrupt);
  }
}
