package io.keyfront.dataplane.authenticate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyfront.core.token.TokenHash;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks somebody about tokens, and remembers the answers for a while: each token is asked about once
 * at a time, on threads of its own. From half of an answer's time on it is asked again while calls
 * go on, so a token in steady use never waits. Where nobody answers the last answer holds, and
 * without one the signature is enough; that is said, and asked again.
 */
public final class Reviews implements Vouching, AutoCloseable {
  static final int MAX_REMEMBERED = 10_000;
  static final int MAX_WAITING = 1_000;

  /** How long a call waits for an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /** After nobody answered, calls do not wait and nobody is asked for so long. */
  static final Duration AGAIN = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(Reviews.class.getName());
  private static final int AT_ONCE = 4;
  private static final long IDLE_SECONDS = 30;

  private final Reviewer reviewer;
  private final long maxAgeNanos;
  private final LongSupplier nanos;
  private final MeterRegistry metrics;
  private final Cache<TokenHash, Answer> answers =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();
  private final Map<TokenHash, CompletableFuture<Boolean>> asking = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;
  private volatile @Nullable Trouble trouble;

  /** Who is asked. */
  @FunctionalInterface
  public interface Reviewer {
    /**
     * Blocks for some seconds at most.
     *
     * @throws IOException when there is no answer; the message holds no token
     */
    boolean vouchesFor(Question question) throws IOException;
  }

  private record Answer(boolean vouched, long atNanos) {}

  private record Trouble(String why, long untilNanos) {}

  private enum Result {
    VOUCHED,
    REFUSED,
    UNANSWERED
  }

  /**
   * @param maxAge how long an answer holds
   * @param nanos a clock like {@link System#nanoTime}
   */
  public Reviews(Reviewer reviewer, Duration maxAge, LongSupplier nanos, MeterRegistry metrics) {
    this.reviewer = reviewer;
    this.maxAgeNanos = maxAge.toNanos();
    this.nanos = nanos;
    this.metrics = metrics;
    this.threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            work -> Thread.ofPlatform().daemon().name("keyfront-reviews").unstarted(work));
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public CompletionStage<Boolean> ask(Question question) {
    Answer last = answers.getIfPresent(question.hash());
    long now = nanos.getAsLong();
    long age = last == null ? Long.MAX_VALUE : now - last.atNanos();
    boolean meanwhile = last == null || last.vouched();
    Trouble before = trouble;
    boolean quiet = before != null && now - before.untilNanos() < 0;
    if (age < maxAgeNanos / 2 || quiet) {
      return CompletableFuture.completedFuture(meanwhile);
    }
    CompletableFuture<Boolean> asked = asked(question);
    boolean waits = age >= maxAgeNanos && before == null;
    return waits ? patient(asked, meanwhile) : CompletableFuture.completedFuture(meanwhile);
  }

  private static CompletionStage<Boolean> patient(
      CompletableFuture<Boolean> asked, boolean otherwise) {
    return asked
        .copy()
        .completeOnTimeout(otherwise, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(unanswered -> otherwise);
  }

  private CompletableFuture<Boolean> asked(Question question) {
    try {
      return asking.computeIfAbsent(question.hash(), hash -> begun(question));
    } catch (RejectedExecutionException full) {
      count(Result.UNANSWERED);
      return CompletableFuture.failedFuture(full);
    }
  }

  private CompletableFuture<Boolean> begun(Question question) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    threads.execute(() -> review(question, answer));
    return answer;
  }

  private void review(Question question, CompletableFuture<Boolean> answer) {
    long begun = nanos.getAsLong();
    try {
      boolean vouched = reviewer.vouchesFor(question);
      answers.put(question.hash(), new Answer(vouched, begun));
      count(vouched ? Result.VOUCHED : Result.REFUSED);
      answered();
      asking.remove(question.hash());
      answer.complete(vouched);
    } catch (IOException | RuntimeException unanswered) {
      count(Result.UNANSWERED);
      unanswered(unanswered);
      asking.remove(question.hash());
      answer.completeExceptionally(unanswered);
    }
  }

  private void answered() {
    if (trouble != null) {
      trouble = null;
      LOG.log(Level.INFO, "The API server answers again about tokens of ServiceAccounts.");
    }
  }

  private void unanswered(Exception why) {
    boolean first = trouble == null;
    trouble = new Trouble(String.valueOf(why.getMessage()), nanos.getAsLong() + AGAIN.toNanos());
    if (first) {
      LOG.log(Level.WARNING, note().orElse(""));
    }
  }

  private void count(Result result) {
    metrics
        .counter("keyfront.token.reviews", "result", result.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  /** What people should know; empty while all is well. */
  public Optional<String> note() {
    Trouble now = trouble;
    return now == null
        ? Optional.empty()
        : Optional.of(
            "The API server does not say whether ServiceAccounts and pods are still there: the last answer holds, and where there is none a token's signature is enough. "
                + now.why());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
