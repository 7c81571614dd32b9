package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.PermissionDeniedException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.SseException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.testkit.Fault;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Anthropic's own Java SDK makes of refusals and broken streams. */
class AnthropicSdkErrorsTest extends SdkTest {
  private static final String MODEL = "claude-opus-4-5";

  private AnthropicClient client;

  @BeforeEach
  void connect() {
    client = anthropic("/anthropic");
  }

  @Test
  void unknownTokenIsUnauthorizedAndNotTriedAgain() {
    client = anthropic("/anthropic", "kf_fake-unknown");

    UnauthorizedException refusal = refusal(client, MODEL, UnauthorizedException.class);

    assertError(refusal, "authentication_error", "invalid_token");
    assertRefusedOnce(401);
  }

  @Test
  void modelOutsideOfTheScopeIsForbiddenAndNotTriedAgain() {
    proxy.use(configuration().token(ProxyUnderTest.TOKEN, "openai:*").build());

    PermissionDeniedException refusal = refusal(client, MODEL, PermissionDeniedException.class);

    assertError(refusal, "permission_error", "scope_denied");
    assertThat(refusal.getMessage()).contains("anthropic:" + MODEL);
    assertRefusedOnce(403);
  }

  @Test
  void terminalRefusalWithAStatusThatSdksTryAgainIsNotTriedAgain() {
    proxy.use(new Snapshots().token(ProxyUnderTest.TOKEN, "*").build());

    InternalServerException refusal = refusal(client, MODEL, InternalServerException.class);

    assertError(refusal, "api_error", "credential_unavailable");
    assertThat(refusal.headers().values("x-should-retry")).containsExactly("false");
    assertRefusedOnce(502);
  }

  @Test
  void modelThatTheProviderDoesNotKnowIsNotFound() {
    NotFoundException refusal = refusal(client, "no-such-model", NotFoundException.class);

    assertThat(refusal.getMessage()).contains("model: no-such-model");
    assertThat(proxy.nextRecord().status()).isEqualTo(404);
    assertThat(provider.requests()).hasSize(1);
  }

  @Test
  void rateLimitOfTheProviderArrivesWithItsRetryAfter() {
    provider.script(new Fault.Status(429, Duration.ofSeconds(7)));
    AnthropicClient impatient = client.withOptions(o -> o.maxRetries(0));

    RateLimitException refusal = refusal(impatient, MODEL, RateLimitException.class);

    assertThat(refusal.headers().values("retry-after")).containsExactly("7");
    CallRecord record = proxy.nextRecord();
    assertThat(record.settlement()).hasValue("known");
    assertThat(record.usage()).hasValue(Usage.NONE);
  }

  @Test
  void overloadedProviderIsTriedAgainByTheSdk() {
    provider.script(new Fault.Status(529));

    Message message = client.messages().create(asking("len=2", MODEL));

    assertThat(message.content().getFirst().asText().text()).isEqualTo("word1 word2");
    assertThat(proxy.nextRecord().status()).isEqualTo(529);
    assertThat(proxy.nextRecord().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20})
  void streamCutMidWayRaisesAnErrorInsteadOfEnding(int events) {
    provider.script(new Fault.ResetAfterEvents(events));

    SseException cut = catchThrowableOfType(SseException.class, this::stream);

    assertError(cut, "api_error", "upstream_reset");
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
    assertThat(provider.requests()).hasSize(1);
  }

  private void stream() {
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(asking("len=50", MODEL))) {
      events.stream().forEach(event -> assertThat(event.isMessageStop()).isFalse());
    }
  }

  private static MessageCreateParams asking(String prompt, String model) {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(1024)
        .addUserMessage(prompt)
        .build();
  }

  private static <E extends AnthropicServiceException> E refusal(
      AnthropicClient client, String model, Class<E> kind) {
    return catchThrowableOfType(kind, () -> client.messages().create(asking("hi", model)));
  }

  private static void assertError(AnthropicServiceException error, String type, String code) {
    JsonNode body = Objects.requireNonNull(error.body().convert(JsonNode.class));
    assertThat(body.at("/error/type").asText()).isEqualTo(type);
    assertThat(body.at("/error/code").asText()).isEqualTo(code);
  }
}
