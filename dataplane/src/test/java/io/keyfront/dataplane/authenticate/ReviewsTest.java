package io.keyfront.dataplane.authenticate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.SignedCaller;
import io.keyfront.core.token.TokenHash;
import io.keyfront.dataplane.authenticate.Vouching.Question;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReviewsTest {
  private static final Duration AGE = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong(-42);
  private final AtomicInteger asked = new AtomicInteger();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private volatile boolean vouches = true;
  private volatile boolean away;
  private final Semaphore answers = new Semaphore(1_000_000);
  private final Reviews reviews = new Reviews(this::answer, AGE, nanos::get, metrics);

  @AfterEach
  void close() {
    reviews.close();
  }

  private boolean answer(Question question) throws IOException {
    asked.incrementAndGet();
    answers.acquireUninterruptibly();
    if (away) {
      throw new IOException("It is away.");
    }
    return vouches;
  }

  private static Question question(String token) {
    return new Question(
        SecretText.of(token),
        TokenHash.of(token),
        new SignedCaller.OfServiceAccount("team", "runner", "uid", Optional.empty(), Instant.MAX),
        Set.of("keyfront"));
  }

  private boolean ask(String token) {
    return reviews
        .ask(question(token))
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private double counted(String result) {
    return metrics.counter("keyfront.token.reviews", "result", result).count();
  }

  @Test
  void answerHoldsForItsAgeAndIsAskedForAgainAfter() {
    assertThat(ask("one")).isTrue();
    pass(AGE.dividedBy(2).minusNanos(1));
    assertThat(ask("one")).isTrue();
    assertThat(asked).hasValue(1);

    vouches = false;
    pass(AGE.dividedBy(2).plusNanos(1));

    assertThat(ask("one")).isFalse();
    assertThat(asked).hasValue(2);
    assertThat(counted("vouched")).isEqualTo(1);
    assertThat(counted("refused")).isEqualTo(1);
  }

  @Test
  void tokenInSteadyUseIsAskedAboutWhileItsCallsGoOn() {
    assertThat(ask("one")).isTrue();
    answers.drainPermits();
    vouches = false;
    pass(AGE.dividedBy(2));

    assertThat(reviews.ask(question("one")).toCompletableFuture())
        .as("the call does not wait")
        .isCompletedWithValue(true);
    await().untilAsserted(() -> assertThat(asked).hasValue(2));
    answers.release();

    await().until(() -> !ask("one"));
    assertThat(asked).hasValue(2);
  }

  @Test
  void callsOfOneTokenShareOneQuestion() {
    answers.drainPermits();
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(reviews.ask(question("one")).toCompletableFuture());
    }
    assertThat(waiting).noneMatch(CompletableFuture::isDone);

    answers.release();

    CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
    assertThat(asked).hasValue(1);
  }

  @Test
  void whereNobodyAnswersTheSignatureIsEnoughAndThatIsSaid() {
    away = true;

    assertThat(ask("never seen")).isTrue();
    assertThat(reviews.note().orElseThrow()).contains("signature is enough", "It is away.");
    assertThat(counted("unanswered")).isEqualTo(1);
    assertThat(ask("another")).as("nobody is asked for a while").isTrue();
    assertThat(asked).hasValue(1);

    away = false;
    vouches = false;
    pass(Reviews.AGAIN);
    assertThat(reviews.ask(question("another")).toCompletableFuture())
        .as("calls do not wait until somebody answered again")
        .isCompletedWithValue(true);
    await().untilAsserted(() -> assertThat(reviews.note()).isEmpty());
    assertThat(ask("another")).isFalse();
  }

  @Test
  void refusalHoldsForAsLongAsNobodyAnswers() {
    vouches = false;
    assertThat(ask("gone")).isFalse();
    away = true;

    pass(AGE.multipliedBy(100));

    assertThat(ask("gone")).isFalse();
    assertThat(ask("gone")).isFalse();
  }

  @Test
  void callWaitsNoLongerThanItsPatience() {
    answers.drainPermits();

    assertThat(ask("slow")).isTrue();

    assertThat(asked).hasValue(1);
    answers.release();
  }

  @Test
  void moreQuestionsThanMayWaitAreNotAsked() {
    answers.drainPermits();
    for (int i = 0; i < Reviews.MAX_WAITING + 4; i++) {
      assertThat(reviews.ask(question("token-" + i)).toCompletableFuture().isDone())
          .as("question %d", i)
          .isFalse();
    }

    assertThat(reviews.ask(question("one too many")).toCompletableFuture())
        .isCompletedWithValue(true);
    answers.release(2 * Reviews.MAX_WAITING);
  }

  @Test
  void questionKeepsItsTokenToItself() {
    assertThat(question("fake-token")).asString().doesNotContain("fake-token");
  }
}
