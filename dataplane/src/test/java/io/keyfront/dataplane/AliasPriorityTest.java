package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.scope.Target;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An alias passes to its next priority where a call cannot go to the one before. */
class AliasPriorityTest extends ProxyTest {
  private static final Target SPARE = new Target("openai", "gpt-5-spare");
  private static final Target OF_GROQ = new Target("groq", "llama-4");
  private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void targetWithoutCredentialIsPassedOver() {
    proxy.use(keyed("openai").aliasInTurn("best", OF_GROQ, SPARE).build());

    assertServedBy("gpt-5-spare");
  }

  @Test
  void targetWhoseCredentialsHaveEndedIsPassedOver() {
    proxy.use(
        keyed("openai")
            .key("groq", provider.uri(), "fake-ended-key")
            .endingAt(PAST)
            .aliasInTurn("best", OF_GROQ, SPARE)
            .build());

    assertServedBy("gpt-5-spare");
  }

  @Test
  void targetOfAnotherProtocolIsPassedOver() {
    proxy.use(
        keyed("openai", "anthropic")
            .aliasInTurn("best", new Target("anthropic", "claude-opus-4-5"), SPARE)
            .build());

    assertServedBy("gpt-5-spare");
  }

  @Test
  void targetThatIsOutOfScopeIsPassedOver() {
    proxy.use(
        new Snapshots()
            .token(ProxyUnderTest.TOKEN, "openai:*")
            .key("openai", provider.uri(), "fake-key")
            .key("groq", provider.uri(), "fake-key")
            .aliasInTurn("best", OF_GROQ, SPARE)
            .build());

    assertServedBy("gpt-5-spare");
  }

  @Test
  void targetThatCanBeCalledIsCalledHoweverManyFollow() {
    proxy.use(
        keyed("openai", "groq")
            .aliasInTurn("best", OF_GROQ, SPARE, new Target("mock", "mock"))
            .build());

    assertServedBy("llama-4");
  }

  @Test
  void mockIsAlwaysThereAsTheLast() {
    proxy.use(keyed().aliasInTurn("best", OF_GROQ, new Target("mock", "mock")).build());

    assertServedBy("mock");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void refusalSpeaksOfTheFirstWhereNoneCanBeCalled() {
    proxy.use(keyed().aliasInTurn("best", OF_GROQ, SPARE).build());

    HttpResponse<String> answer = call();

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("groq");
  }

  private Snapshots keyed(String... providers) {
    Snapshots snapshots = new Snapshots().token(ProxyUnderTest.TOKEN, "*");
    for (String name : providers) {
      snapshots.key(name, provider.uri(), "fake-key");
    }
    return snapshots;
  }

  private void assertServedBy(String model) {
    assertThat(call().statusCode()).isEqualTo(200);
    assertThat(proxy.nextRecord().model()).contains(model);
  }

  private HttpResponse<String> call() {
    return Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false).replace("gpt-5", "best"));
  }
}
