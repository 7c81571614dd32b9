package io.keyfront.e2e.chaos;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What became of calls, counted. Safe for use by many threads. */
final class Tally {
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final AtomicInteger capped = new AtomicInteger();
  private final AtomicInteger mostCapped = new AtomicInteger();
  private final LongAdder answeredCapped = new LongAdder();
  private final AtomicLong firstCapped = new AtomicLong();

  void count(String outcome) {
    outcomes.computeIfAbsent(outcome, name -> new LongAdder()).increment();
  }

  /** About to ask for the first time: a rate counts from here. */
  void askingCapped() {
    firstCapped.compareAndSet(0, System.nanoTime());
  }

  /** The first byte of a good answer for the token whose concurrency is limited. */
  void beganCapped() {
    answeredCapped.increment();
    mostCapped.accumulateAndGet(capped.incrementAndGet(), Math::max);
  }

  /** The agent is about to leave, so the proxy cannot know yet. */
  void leavesCapped() {
    capped.decrementAndGet();
  }

  /** Most streams that agents of that token read at one time. */
  int mostCapped() {
    return mostCapped.get();
  }

  long answeredCapped() {
    return answeredCapped.sum();
  }

  /** Nanoseconds since its first call. */
  long cappedNanos() {
    return System.nanoTime() - firstCapped.get();
  }

  long calls() {
    return outcomes.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long of(String outcome) {
    LongAdder count = outcomes.get(outcome);
    return count == null ? 0 : count.sum();
  }

  Map<String, Long> outcomes() {
    Map<String, Long> sorted = new TreeMap<>();
    outcomes.forEach((name, count) -> sorted.put(name, count.sum()));
    return sorted;
  }
}
