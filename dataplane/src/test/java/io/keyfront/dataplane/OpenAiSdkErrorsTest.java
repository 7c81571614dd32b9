package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.testkit.Fault;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenAI's own Java SDK makes of refusals and broken streams. */
class OpenAiSdkErrorsTest extends SdkTest {
  private static final String MODEL = "gpt-5";

  private OpenAIClient client;

  @BeforeEach
  void connect() {
    client = openAi("/openai/v1");
  }

  @Test
  void unknownTokenIsUnauthorizedAndNotTriedAgain() {
    OpenAIClient stranger = client.withOptions(o -> o.apiKey("kf_fake-unknown"));

    UnauthorizedException refusal = refusal(stranger, MODEL, UnauthorizedException.class);

    assertThat(refusal.code()).hasValue("invalid_token");
    assertThat(refusal.type()).hasValue("invalid_request_error");
    assertRefusedOnce(401);
  }

  @Test
  void modelOutsideOfTheScopeIsForbiddenAndNotTriedAgain() {
    proxy.use(configuration().token(ProxyUnderTest.TOKEN, "anthropic:*").build());

    PermissionDeniedException refusal = refusal(client, MODEL, PermissionDeniedException.class);

    assertThat(refusal.code()).hasValue("scope_denied");
    assertThat(refusal.getMessage()).contains("openai:" + MODEL);
    assertRefusedOnce(403);
  }

  @Test
  void terminalRefusalWithAStatusThatSdksTryAgainIsNotTriedAgain() {
    proxy.use(new Snapshots().token(ProxyUnderTest.TOKEN, "*").build());

    InternalServerException refusal = refusal(client, MODEL, InternalServerException.class);

    assertThat(refusal.code()).hasValue("credential_unavailable");
    assertRefusedOnce(502);
  }

  @Test
  void emptyPurseOfTheProviderArrivesAndIsNotTriedAgain() {
    provider.script(new Fault.Status(402));

    UnexpectedStatusCodeException refusal =
        refusal(client, MODEL, UnexpectedStatusCodeException.class);

    assertThat(refusal.statusCode()).isEqualTo(402);
    assertThat(proxy.nextRecord().status()).isEqualTo(402);
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void modelThatTheProviderDoesNotKnowIsNotFound() {
    NotFoundException refusal = refusal(client, "no-such-model", NotFoundException.class);

    assertThat(refusal.code()).hasValue("model_not_found");
    assertThat(proxy.nextRecord().status()).isEqualTo(404);
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void rateLimitOfTheProviderArrivesWithItsRetryAfter() {
    provider.script(new Fault.Status(429, Duration.ofSeconds(7)));
    OpenAIClient impatient = client.withOptions(o -> o.maxRetries(0));

    RateLimitException refusal = refusal(impatient, MODEL, RateLimitException.class);

    assertThat(refusal.code()).hasValue("rate_limit_exceeded");
    assertThat(refusal.headers().values("retry-after")).containsExactly("7");
    CallRecord record = proxy.nextRecord();
    assertThat(record.settlement()).hasValue("known");
    assertThat(record.usage()).hasValue(Usage.NONE);
  }

  @Test
  void unavailableProviderIsTriedAgainByTheSdk() {
    provider.script(new Fault.Status(503));

    ChatCompletion completion = client.chat().completions().create(asking("len=2", MODEL));

    assertThat(completion.choices().getFirst().message().content()).hasValue("word1 word2");
    assertThat(proxy.nextRecord().status()).isEqualTo(503);
    assertThat(proxy.nextRecord().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20})
  void chatStreamCutMidWayRaisesAnErrorInsteadOfEnding(int events) {
    provider.script(new Fault.ResetAfterEvents(events));

    OpenAIException cut = catchThrowableOfType(OpenAIException.class, this::streamChat);

    assertThat(cut).hasMessageContaining("broke the connection");
    assertCut();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20})
  void responsesStreamCutMidWayFailsInsteadOfEnding(int events) {
    provider.script(new Fault.ResetAfterEvents(events));
    ResponseAccumulator whole = ResponseAccumulator.create();

    try (StreamResponse<ResponseStreamEvent> stream =
        client
            .responses()
            .createStreaming(ResponseCreateParams.builder().model(MODEL).input("len=50").build())) {
      stream.stream().forEach(whole::accumulate);
    }

    assertThat(whole.response().status()).hasValue(ResponseStatus.FAILED);
    assertThat(whole.response().error().orElseThrow().message()).contains("broke the connection");
    assertCut();
  }

  private void streamChat() {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asking("len=50", MODEL))) {
      stream.stream().forEach(chunk -> assertThat(chunk.choices()).isNotEmpty());
    }
  }

  private static ChatCompletionCreateParams asking(String prompt, String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage(prompt).build();
  }

  private static <E extends OpenAIServiceException> E refusal(
      OpenAIClient client, String model, Class<E> kind) {
    return catchThrowableOfType(
        kind, () -> client.chat().completions().create(asking("hi", model)));
  }

  private void assertCut() {
    CallRecord record = proxy.nextRecord();
    assertThat(record.settlement()).hasValue("in_doubt");
    assertThat(record.code()).hasValue("upstream_reset");
    assertThat(provider.requests()).hasSize(1);
  }
}
