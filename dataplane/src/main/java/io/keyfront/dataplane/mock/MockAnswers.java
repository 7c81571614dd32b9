package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The provider that needs no key: it answers every protocol from the request alone, the same
 * request always the same way. {@link Behaviour} lists what model names make it do; any other name
 * is answered plainly and echoed. A body that no provider would take is answered too.
 */
public final class MockAnswers {
  private static final Set<Integer> WORTH_WAITING = Set.of(429, 503, 529);
  private static final Set<Integer> WORTH_RETRYING = Set.of(408, 409, 429);

  private MockAnswers() {}

  /**
   * @param model as the client named it
   * @param stream whether the answer is to be streamed
   * @param sse for Gemini, whether {@code alt=sse} was asked; the others always stream events
   * @param body the request's body; for operations without a body it is not looked at
   */
  public static MockAnswer answer(
      Protocol protocol,
      Operation operation,
      String model,
      boolean stream,
      boolean sse,
      byte[] body) {
    return switch (operation) {
      case LIST_MODELS -> Staging.document(200, MockModels.all(protocol.dialect()));
      case GET_MODEL -> Staging.document(200, MockModels.one(protocol.dialect(), model));
      case COUNT_TOKENS ->
          refusal(protocol, model).orElseGet(() -> counted(protocol, Call.of(model, body)));
      case GENERATE ->
          refusal(protocol, model)
              .orElseGet(() -> generated(protocol, Call.of(model, body), stream, sse));
    };
  }

  private static MockAnswer generated(Protocol protocol, Call call, boolean stream, boolean sse) {
    if (protocol == Protocol.OPENAI_EMBEDDINGS) {
      return embedded(call);
    }
    Behaviour behaviour = Behaviour.of(call.model());
    Voice voice = Voice.of(protocol, call);
    Reply reply = Reply.to(voice.prompt(), behaviour instanceof Behaviour.CallsTools);
    return stream
        ? streamed(protocol, call, behaviour, voice.frames(reply), sse)
        : whole(protocol, behaviour, voice.document(reply), reply.words().size());
  }

  private static MockAnswer streamed(
      Protocol protocol, Call call, Behaviour behaviour, List<Frame> all, boolean sse) {
    boolean breaksOff = behaviour instanceof Behaviour.Resets;
    boolean fails = behaviour instanceof Behaviour.Fails;
    List<Frame> frames = new ArrayList<>(breaksOff || fails ? all.subList(0, all.size() / 2) : all);
    if (fails) {
      frames.add(MockErrors.inStream(protocol, call, frames.size()));
    }
    Staging.Pace pace = Staging.Pace.of(behaviour);
    return protocol == Protocol.GEMINI && !sse
        ? Staging.array(frames, pace, breaksOff)
        : Staging.events(frames, pace, breaksOff);
  }

  private static MockAnswer whole(
      Protocol protocol, Behaviour behaviour, JsonNode document, int words) {
    if (behaviour instanceof Behaviour.Fails) {
      return Staging.document(500, MockErrors.body(protocol.dialect(), 500, MockErrors.IN_STREAM));
    }
    int delay = Staging.Pace.of(behaviour).beforeWhole(words);
    MockAnswer answer = Staging.document(200, document, delay);
    return behaviour instanceof Behaviour.Resets ? Staging.broken(answer) : answer;
  }

  private static MockAnswer embedded(Call call) {
    MockEmbeddings embeddings = MockEmbeddings.of(call);
    return embeddings
        .excess()
        .map(
            excess ->
                Staging.document(
                    400, MockErrors.body(Protocol.OPENAI_EMBEDDINGS.dialect(), 400, excess)))
        .orElseGet(
            () ->
                whole(
                    Protocol.OPENAI_EMBEDDINGS,
                    Behaviour.of(call.model()),
                    embeddings.document(),
                    0));
  }

  /** The tokens of input that a call will be billed. */
  public static long inputTokens(Protocol protocol, String model, byte[] body) {
    return inputTokens(protocol, Call.of(model, body));
  }

  private static long inputTokens(Protocol protocol, Call call) {
    return Reply.inputTokens(Voice.of(protocol, call).prompt());
  }

  private static MockAnswer counted(Protocol protocol, Call call) {
    if (protocol == Protocol.OPENAI_EMBEDDINGS) {
      return Staging.document(200, MockEmbeddings.of(call).document().path("usage"));
    }
    long tokens = inputTokens(protocol, call);
    JsonNode count =
        switch (protocol.dialect()) {
          case ANTHROPIC -> Json.object("input_tokens", tokens);
          case OPENAI -> Json.object("object", "response.input_tokens", "input_tokens", tokens);
          case GEMINI -> Json.object("totalTokens", tokens);
        };
    return Staging.document(200, count);
  }

  private static Optional<MockAnswer> refusal(Protocol protocol, String model) {
    return Behaviour.of(model) instanceof Behaviour.Refuses(int status)
        ? Optional.of(refused(protocol, status))
        : Optional.empty();
  }

  private static MockAnswer refused(Protocol protocol, int status) {
    String message = "The mock was asked for status " + status + " by its model's name.";
    MockAnswer answer =
        Staging.document(status, MockErrors.body(protocol.dialect(), status, message));
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    boolean retry = status >= 500 || WORTH_RETRYING.contains(status);
    headers.put("x-should-retry", Boolean.toString(retry));
    if (WORTH_WAITING.contains(status)) {
      headers.put("retry-after", "1");
    }
    return new MockAnswer(status, headers, answer.pieces(), false);
  }
}
