package io.keyfront.dataplane.count;

import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.dataplane.admit.ExactCounting;
import io.keyfront.dataplane.alias.Targeted;
import io.keyfront.dataplane.authorize.Candidate;
import io.keyfront.dataplane.authorize.Permitted;
import io.keyfront.dataplane.forward.CountCalls;
import io.keyfront.dataplane.mock.MockAnswers;
import io.keyfront.protocols.bound.AskedFor;
import io.keyfront.protocols.bound.CountRequest;
import io.keyfront.protocols.bound.ExactInput;
import io.keyfront.protocols.bound.ImageTokens;
import io.keyfront.protocols.bound.MeasuredBody;
import io.keyfront.protocols.bound.Prompt;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Counts input with OpenAI's vocabularies, by the free endpoints of Anthropic and Gemini, or as the
 * mock will. For one event loop.
 */
public final class InputCounts implements ExactCounting {
  /**
   * How long a call waits for its count before it goes on without one. The first that needs a
   * vocabulary may wait in vain on a busy machine; it is read all the same, for the next.
   */
  public static final Duration WITHIN = Duration.ofMillis(1_500);

  /** A larger body is beyond any context window. */
  static final int MOST_BYTES = 8 << 20;

  private static final System.Logger LOG = System.getLogger(InputCounts.class.getName());

  private final Vertx vertx;
  private final VocabularyCounts vocabularies;
  private final CountCalls providers;

  public InputCounts(Vertx vertx, VocabularyCounts vocabularies, CountCalls providers) {
    this.vertx = vertx;
    this.vocabularies = vocabularies;
    this.providers = providers;
  }

  @Override
  public boolean isAble(Permitted permitted, Candidate candidate) {
    Targeted call = permitted.targeted();
    Optional<AskedFor> asked = call.routed().measured().map(MeasuredBody::asked);
    return asked.isPresent()
        && switch (candidate) {
          case Candidate.Mock mock -> true;
          case Candidate.Keyed keyed ->
              ExactInput.isCountable(asked.get())
                  && isKnown(call.provider(), call.routed().protocol(), call.target().model());
        };
  }

  /** Who only speaks the protocol of another may count in another way, or not at all. */
  private static boolean isKnown(Provider provider, Protocol protocol, String model) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> provider.name().equals("anthropic");
      case GEMINI -> provider.name().equals("gemini");
      case OPENAI_CHAT, OPENAI_RESPONSES -> Vocabulary.of(provider, model).isPresent();
      case OPENAI_EMBEDDINGS -> false;
    };
  }

  @Override
  public CompletionStage<OptionalLong> count(Permitted permitted, Candidate candidate) {
    Promise<OptionalLong> told = Promise.promise();
    long timer = vertx.setTimer(WITHIN.toMillis(), late -> told.tryComplete(OptionalLong.empty()));
    counted(permitted.targeted(), candidate)
        .onComplete(
            count -> {
              vertx.cancelTimer(timer);
              told.tryComplete(count);
            },
            failure -> {
              LOG.log(Level.DEBUG, "An input could not be counted: {0}", failure.toString());
              vertx.cancelTimer(timer);
              told.tryComplete(OptionalLong.empty());
            });
    return told.future().toCompletionStage();
  }

  private Future<OptionalLong> counted(Targeted call, Candidate candidate) {
    try {
      return switch (candidate) {
        case Candidate.Mock mock -> mocked(call);
        case Candidate.Keyed keyed -> counted(call, keyed);
      };
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }

  /** What the mock bills is what it counts: characters, whatever they say. */
  private Future<OptionalLong> mocked(Targeted call) {
    Protocol protocol = call.routed().protocol();
    String model = call.target().model();
    return vertx
        .executeBlocking(
            () -> MockAnswers.inputTokens(protocol, model, call.routed().body()), false)
        .map(tokens -> OptionalLong.of(Objects.requireNonNull(tokens)));
  }

  private Future<OptionalLong> counted(Targeted call, Candidate.Keyed keyed) {
    Protocol protocol = call.routed().protocol();
    byte[] body = call.routed().body();
    String model = call.target().model();
    if (body.length > MOST_BYTES) {
      return Future.succeededFuture(OptionalLong.empty());
    }
    Optional<Vocabulary> vocabulary = Vocabulary.of(call.provider(), model);
    if (vocabulary.isPresent()) {
      Prompt prompt = call.routed().measured().orElseThrow().asked().prompt();
      return vocabularies.count(vocabulary.get(), protocol, body, prompt, ImageTokens.most(model));
    }
    return vertx
        .executeBlocking(() -> CountRequest.of(protocol, body, model), false)
        .compose(request -> ask(call, keyed, Objects.requireNonNull(request)));
  }

  private Future<OptionalLong> ask(
      Targeted call, Candidate.Keyed keyed, Optional<CountRequest> request) {
    if (request.isEmpty()) {
      return Future.succeededFuture(OptionalLong.empty());
    }
    Prompt prompt = call.routed().measured().orElseThrow().asked().prompt();
    long imageTokens = ImageTokens.most(call.target().model());
    return providers
        .ask(call, keyed, request.get().body(), WITHIN)
        .map(
            tokens ->
                OptionalLong.of(
                    ExactInput.ofProvidersCount(prompt, imageTokens, request.get(), tokens)));
  }
}
