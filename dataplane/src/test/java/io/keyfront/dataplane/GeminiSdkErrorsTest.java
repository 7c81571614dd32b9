package io.keyfront.dataplane;

import static io.keyfront.dataplane.SdkAnswers.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.GenerateContentConfig;
import io.keyfront.testkit.Fault;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Google's own Java SDK makes of refusals and broken streams. */
class GeminiSdkErrorsTest extends SdkTest {
  private static final String MODEL = "gemini-3-flash";
  private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

  private Client client;

  @BeforeEach
  void connect() {
    client = gemini("/gemini");
  }

  @Test
  void embeddingIsNotServedAndTheErrorSaysWhatIs() {
    ClientException refusal =
        catchThrowableOfType(
            ClientException.class,
            () -> client.models.embedContent("gemini-embedding-001", "hello", null));

    assertThat(refusal.code()).isEqualTo(404);
    assertThat(refusal.status()).isEqualTo("NOT_FOUND");
    assertThat(refusal.message())
        .contains("gemini-embedding-001")
        .contains("/gemini/v1beta/models/{model}:generateContent");
    assertRefusedOnce(404);
  }

  @Test
  void unknownTokenIsUnauthenticatedAndNotTriedAgain() {
    client = gemini("/gemini", "kf_fake-unknown", SdkClients.GEMINI_ATTEMPTS);

    ClientException refusal = refusal(MODEL, ClientException.class);

    assertThat(refusal.status()).isEqualTo("UNAUTHENTICATED");
    assertThat(refusal.message()).contains("not known here");
    assertRefusedOnce(401);
  }

  @Test
  void modelOutsideOfTheScopeIsDeniedAndNotTriedAgain() {
    proxy.use(configuration().token(ProxyUnderTest.TOKEN, "openai:*").build());
    client = gemini("/gemini", ProxyUnderTest.TOKEN, SdkClients.GEMINI_ATTEMPTS);

    ClientException refusal = refusal(MODEL, ClientException.class);

    assertThat(refusal.status()).isEqualTo("PERMISSION_DENIED");
    assertThat(refusal.message()).contains("gemini:" + MODEL);
    assertRefusedOnce(403);
  }

  @Test
  void providerWithoutACredentialIsUnavailable() {
    proxy.use(new Snapshots().token(ProxyUnderTest.TOKEN, "*").build());

    ServerException refusal = refusal(MODEL, ServerException.class);

    assertThat(refusal.code()).isEqualTo(502);
    assertThat(refusal.message()).contains("No upstream credential is configured");
    assertRefusedOnce(502);
  }

  @Test
  void modelThatTheProviderDoesNotKnowIsNotFound() {
    ClientException refusal = refusal("no-such-model", ClientException.class);

    assertThat(refusal.status()).isEqualTo("NOT_FOUND");
    assertThat(refusal.message()).contains("models/no-such-model is not found");
    assertThat(proxy.nextRecord().status()).isEqualTo(404);
  }

  @Test
  void rateLimitOfTheProviderArrives() {
    provider.script(new Fault.Status(429, Duration.ofSeconds(7)));

    ClientException refusal = refusal(MODEL, ClientException.class);

    assertThat(refusal.code()).isEqualTo(429);
    assertThat(refusal.status()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(proxy.nextRecord().settlement()).hasValue("known");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 20})
  void streamCutMidWayRaisesAnErrorInsteadOfEnding(int events) {
    provider.script(new Fault.ResetAfterEvents(events));

    ServerException cut =
        catchThrowableOfType(ServerException.class, () -> streamed(client, MODEL, "len=50", PLAIN));

    assertThat(cut.status()).isEqualTo("UNAVAILABLE");
    assertThat(cut.message()).contains("broke the connection");
    assertThat(proxy.nextRecord().settlement()).hasValue("in_doubt");
    assertThat(provider.requests()).hasSize(1);
  }

  private <E extends ApiException> E refusal(String model, Class<E> kind) {
    return catchThrowableOfType(kind, () -> client.models.generateContent(model, "hi", PLAIN));
  }
}
