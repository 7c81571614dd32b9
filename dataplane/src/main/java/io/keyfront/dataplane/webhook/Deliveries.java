package io.keyfront.dataplane.webhook;

import io.keyfront.core.notice.NoticeStore;
import io.keyfront.core.notice.NoticeStore.Claim;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One attempt at a delivery: claim it, send it, mark it. Blocks, so each has a thread of its own.
 */
final class Deliveries {
  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());
  private static final long STORE_SECONDS = 15;

  private final NoticeStore store;
  private final Courier courier;
  private final Outbox outbox;
  private final Pace pace;
  private final InstantSource clock;
  private final MeterRegistry metrics;

  Deliveries(
      NoticeStore store,
      Courier courier,
      Outbox outbox,
      Pace pace,
      InstantSource clock,
      MeterRegistry metrics) {
    this.store = store;
    this.courier = courier;
    this.outbox = outbox;
    this.pace = pace;
    this.clock = clock;
    this.metrics = metrics;
  }

  void attempt(Delivery delivery) {
    try {
      switch (wait(store.claim(delivery.key, pace.lease()))) {
        case DELIVERED -> mark(delivery);
        case ANOTHERS -> outbox.later(delivery, clock.instant().plus(pace.lease()));
        case MINE -> send(delivery);
      }
    } catch (RuntimeException away) {
      LOG.log(Level.DEBUG, "Notices cannot be claimed now: {0}", away.toString());
      outbox.later(delivery, clock.instant().plus(pace.firstRetry()));
    }
  }

  private void send(Delivery delivery) {
    if (delivery.sent) {
      mark(delivery);
      return;
    }
    Answer answer = courier.send(delivery.webhook, delivery.id, delivery.notice);
    if (answer.isTaken()) {
      delivery.sent = true;
      count(delivery, "delivered");
      mark(delivery);
    } else if (answer.isGone()) {
      count(delivery, "gone");
      outbox.stop(delivery.webhook);
      LOG.log(
          Level.WARNING,
          "Webhook {0} wants no more (410): nothing is sent there until its configuration changes.",
          delivery.webhook);
    } else {
      failed(delivery, answer);
    }
  }

  /** Also for what another proxy delivered: the mark of a budget without an end is renewed so. */
  private void mark(Delivery delivery) {
    Duration memory = Duration.between(clock.instant(), delivery.notice.over());
    if (memory.isPositive()) {
      wait(store.delivered(delivery.key, memory));
    }
    outbox.told(delivery);
  }

  private void failed(Delivery delivery, Answer answer) {
    count(delivery, "failed");
    delivery.failures++;
    Instant now = clock.instant();
    if (Duration.between(delivery.since, now).compareTo(pace.giveUp()) >= 0) {
      count(delivery, "given-up");
      LOG.log(
          Level.WARNING,
          "Webhook {0} did not take {1} in {2} attempts: {3}. It is left alone for a while.",
          delivery.webhook,
          delivery.notice.type().label(),
          delivery.failures,
          answer.text());
      outbox.rest(delivery);
      return;
    }
    if (delivery.failures == 1) {
      LOG.log(
          Level.WARNING,
          "Webhook {0} did not take {1}: {2}. It is tried again.",
          delivery.webhook,
          delivery.notice.type().label(),
          answer.text());
    }
    Duration wait = jittered(pace.afterFailure(delivery.failures));
    keep(delivery, wait);
    outbox.later(delivery, now.plus(wait));
  }

  /** The claim outlives the wait, so that no other proxy tries meanwhile. */
  private void keep(Delivery delivery, Duration wait) {
    try {
      Claim unused = wait(store.claim(delivery.key, pace.lease().plus(wait)));
    } catch (CompletionException away) {
      LOG.log(Level.DEBUG, "A claim could not be kept: {0}", away.toString());
    }
  }

  /** A fifth more or less, so that proxies and notices do not come all at once. */
  private static Duration jittered(Duration wait) {
    long fifth = Math.max(1, wait.toMillis() / 5);
    return wait.plusMillis(ThreadLocalRandom.current().nextLong(-fifth, fifth + 1));
  }

  private static <T> T wait(CompletionStage<T> asked) {
    return asked.toCompletableFuture().orTimeout(STORE_SECONDS, TimeUnit.SECONDS).join();
  }

  void count(Delivery delivery, String result) {
    metrics
        .counter(
            "keyfront.webhook.deliveries", "webhook", delivery.webhook.name(), "result", result)
        .increment();
  }
}
