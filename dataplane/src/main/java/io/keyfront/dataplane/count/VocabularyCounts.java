package io.keyfront.dataplane.count;

import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.bound.ExactInput;
import io.keyfront.protocols.bound.Prompt;
import io.keyfront.protocols.bound.TextParts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts texts in this process, away from the event loops: few at a time, each for a bounded time.
 * For all event loops.
 */
public final class VocabularyCounts {
  /** More would keep the event loops from their cores. */
  static final int AT_ONCE = 2;

  /** How long one count may take, once its vocabulary is there. */
  static final Duration WITHIN = Duration.ofMillis(500);

  private final Vertx vertx;
  private final AtomicInteger running = new AtomicInteger();

  public VocabularyCounts(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Bounds the input of a call.
   *
   * @return empty where there is no place
   */
  Future<OptionalLong> count(
      Vocabulary vocabulary, Protocol protocol, byte[] body, Prompt prompt, long imageTokens) {
    if (running.incrementAndGet() > AT_ONCE) {
      running.decrementAndGet();
      return Future.succeededFuture(OptionalLong.empty());
    }
    return vertx
        .executeBlocking(() -> bound(vocabulary, protocol, body, prompt, imageTokens), false)
        .map(Objects::requireNonNull)
        .onComplete(done -> running.decrementAndGet());
  }

  private static OptionalLong bound(
      Vocabulary vocabulary, Protocol protocol, byte[] body, Prompt prompt, long imageTokens) {
    TextParts parts = TextParts.of(protocol, body);
    long loaded = vocabulary.count("");
    long end = System.nanoTime() + WITHIN.toNanos();
    long tokens =
        new PatientCount(vocabulary::count, () -> System.nanoTime() - end > 0).of(parts) + loaded;
    return OptionalLong.of(ExactInput.ofTexts(prompt, imageTokens, parts, tokens));
  }
}
