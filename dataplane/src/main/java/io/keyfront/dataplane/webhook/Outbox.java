package io.keyfront.dataplane.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyfront.core.notice.Notice;
import io.keyfront.core.notice.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The deliveries that are due, under way or waiting for their next attempt; and a memory of those
 * that need not be asked for again soon. Bounded: at the bound the one that failed most often gives
 * way, and is found again by a later look. Safe for use from many threads.
 */
final class Outbox {
  /** To one webhook at one time. */
  private static final int AT_ONCE = 4;

  private static final int REMEMBERED = 50_000;
  private static final Duration MEMORY = Duration.ofHours(12);

  private final int most;
  private final Map<String, Delivery> pending = new LinkedHashMap<>();
  private final Set<Webhook> gone = new HashSet<>();

  /** Told, here or by another proxy. */
  private final Cache<String, Boolean> told =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(MEMORY).build();

  /** Given up for a while. */
  private final Cache<String, Boolean> resting;

  private Set<Webhook> known = Set.of();

  Outbox(int most, Duration rest) {
    this.most = most;
    this.resting = Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(rest).build();
  }

  /**
   * Takes a delivery, if it is new.
   *
   * @return the one that gave way, if one had to
   */
  synchronized Optional<Delivery> offer(Webhook webhook, Notice notice, Instant now) {
    String key = Delivery.key(webhook, notice);
    if (pending.containsKey(key)
        || gone.contains(webhook)
        || told.getIfPresent(key) != null
        || resting.getIfPresent(key) != null) {
      return Optional.empty();
    }
    Optional<Delivery> dropped = pending.size() < most ? Optional.empty() : mostFailed();
    dropped.ifPresent(old -> pending.remove(old.key));
    if (pending.size() < most) {
      pending.put(key, new Delivery(webhook, notice, now));
    }
    return dropped;
  }

  private Optional<Delivery> mostFailed() {
    return pending.values().stream()
        .filter(delivery -> !delivery.running)
        .max(Comparator.comparingInt(delivery -> delivery.failures));
  }

  /** Those whose time has come; they count as running until they are told of. */
  synchronized List<Delivery> start(Instant now) {
    Map<Webhook, Integer> running = new HashMap<>();
    pending.values().stream()
        .filter(delivery -> delivery.running)
        .forEach(delivery -> running.merge(delivery.webhook, 1, Integer::sum));
    List<Delivery> due = new ArrayList<>();
    for (Delivery delivery : pending.values()) {
      if (!delivery.running
          && !delivery.next.isAfter(now)
          && running.merge(delivery.webhook, 1, Integer::sum) <= AT_ONCE) {
        delivery.running = true;
        due.add(delivery);
      }
    }
    return due;
  }

  synchronized void told(Delivery delivery) {
    pending.remove(delivery.key);
    told.put(delivery.key, true);
  }

  /** To be tried again. */
  synchronized void later(Delivery delivery, Instant next) {
    delivery.running = false;
    delivery.next = next;
  }

  /** Not to be tried for a while. */
  synchronized void rest(Delivery delivery) {
    pending.remove(delivery.key);
    resting.put(delivery.key, true);
  }

  /** The receiver wants no more: nothing goes there until it is configured otherwise. */
  synchronized void stop(Webhook webhook) {
    gone.add(webhook);
    pending.values().removeIf(delivery -> delivery.webhook.equals(webhook));
  }

  /** What is on its way to others is dropped; one that was changed begins anew. */
  synchronized void keepOnly(Collection<Webhook> webhooks) {
    Set<Webhook> now = Set.copyOf(webhooks);
    if (!now.equals(known)) {
      known = now;
      gone.retainAll(now);
      resting.invalidateAll();
      pending.values().removeIf(delivery -> !now.contains(delivery.webhook));
    }
  }

  /** Nothing waits for its time any more. */
  synchronized void hurry(Instant now) {
    pending.values().forEach(delivery -> delivery.next = now);
  }

  synchronized int size() {
    return pending.size();
  }

  synchronized boolean isRunning() {
    return pending.values().stream().anyMatch(delivery -> delivery.running);
  }
}
