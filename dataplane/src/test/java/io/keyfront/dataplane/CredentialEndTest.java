package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.testkit.FakeProvider;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider's key that has come to its end is not used any more. */
class CredentialEndTest {
  private static final Instant PAST = Instant.parse("2001-01-31T12:00:00Z");
  private static final Instant FUTURE = Instant.parse("9999-01-31T12:00:00Z");

  private FakeProvider provider;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    proxy = ProxyUnderTest.start(new Snapshots().token(ProxyUnderTest.TOKEN, "*").build());
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  private Snapshots openAi() {
    return new Snapshots()
        .token(ProxyUnderTest.TOKEN, "*")
        .key("openai", "first", provider.uri(), "sk-fake-first", 0);
  }

  @Test
  void keyIsUsedUntilItsEnd() {
    proxy.use(openAi().endingAt(FUTURE).build());

    assertThat(Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theNextKeyTakesThePlaceOfOneThatEnded() {
    proxy.use(
        openAi()
            .endingAt(PAST)
            .key("openai", "second", provider.uri(), "sk-fake-second", 1)
            .build());

    assertThat(Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false)).statusCode())
        .isEqualTo(200);
    assertThat(provider.lastRequest().header("authorization")).hasValue("Bearer sk-fake-second");
  }

  @Test
  void whenTheLastKeyEndedTheAnswerSaysWhenAndNothingIsSent() {
    proxy.use(openAi().endingAt(PAST).build());

    var refusal = Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false));

    IdentityTest.refused(refusal, 502, "credential_expired");
    assertThat(refusal.body())
        .contains("The upstream credential for provider openai expired at 2001-01-31T12:00:00Z.");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void anthropicsClientsReadItInTheirOwnShape() {
    proxy.use(
        new Snapshots()
            .token(ProxyUnderTest.TOKEN, "*")
            .key("anthropic", "first", provider.uri(), "sk-fake-first", 0)
            .endingAt(PAST)
            .build());

    var refusal = Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages("hi", false));

    IdentityTest.refused(refusal, 502, "credential_expired");
    assertThat(refusal.body()).contains("\"type\":\"error\"").contains("expired at 2001");
  }

  @Test
  void listOfModelsNeedsAKeyThatHasNotEndedToo() {
    proxy.use(openAi().endingAt(PAST).build());

    IdentityTest.refused(Agent.get(proxy.uri("/openai/v1/models")), 502, "credential_expired");
  }
}
