package io.keyfront.operator.check;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.apply.Triggers;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.plan.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Knows what providers made of keys, and asks them: of each credential once when it is new, and
 * then once in {@link #AGAIN}. What was answered is only kept here: an operator that starts asks
 * anew.
 */
public final class KeyChecks implements AutoCloseable {
  /** How often one key is tried at one place, at most. */
  public static final Duration AGAIN = Duration.ofHours(1);

  /** So many are asked at a time. */
  private static final int AT_ONCE = 2;

  /** So many wait to be asked; those beyond it are asked when they are next looked at. */
  private static final int WAITING = 1_000;

  private final Map<ObjectName, Known> known = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("key-check-clock").factory());
  private final ThreadPoolExecutor askers =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("key-check-", 0).factory());
  private final Asking asking;
  private final Triggers triggers;
  private final InstantSource time;

  /**
   * @param answer absent while it was never answered
   */
  private record Known(KeyQuestion question, Instant askedAt, Optional<KeyAnswer> answer) {
    boolean isOf(KeyQuestion other) {
      return question.equals(other);
    }
  }

  /**
   * @param limit of one question
   * @param triggers told when an answer came
   */
  public KeyChecks(Duration limit, Triggers triggers, InstantSource time) {
    this.asking = new Asking(limit, clock);
    this.triggers = triggers;
    this.time = time;
    askers.allowCoreThreadTimeOut(true);
  }

  /** What is known of a credential's key; it is asked about, beside this call, when that is due. */
  public Optional<KeyAnswer> of(ObjectName name, Upstream upstream) {
    Optional<KeyQuestion> question = KeyQuestion.of(upstream);
    if (question.isEmpty()) {
      return Optional.empty();
    }
    Optional<Known> before =
        Optional.ofNullable(known.get(name)).filter(one -> one.isOf(question.get()));
    Instant now = time.instant();
    if (before.filter(one -> now.isBefore(one.askedAt.plus(AGAIN))).isEmpty()) {
      begin(name, new Known(question.get(), now, before.flatMap(Known::answer)));
    }
    return before.flatMap(Known::answer);
  }

  /** What is there is asked about every hour, so what was not for two is gone. */
  private void begin(ObjectName name, Known begun) {
    Instant gone = begun.askedAt.minus(AGAIN.multipliedBy(2));
    known.values().removeIf(one -> one.askedAt.isBefore(gone));
    try {
      known.put(name, begun);
      askers.execute(() -> ask(name, begun));
    } catch (RejectedExecutionException full) {
      known.remove(name, begun);
    }
  }

  private void ask(ObjectName name, Known begun) {
    KeyAnswer answer = asking.ask(begun.question);
    Known now = new Known(begun.question, begun.askedAt, Optional.of(answer));
    if (known.replace(name, begun, now)) {
      triggers.reconcile(Kind.PROVIDER_CREDENTIAL, name);
    }
  }

  @Override
  public void close() {
    askers.shutdownNow();
    clock.shutdownNow();
  }
}
