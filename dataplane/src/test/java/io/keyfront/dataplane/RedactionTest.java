package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.testkit.Fault;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that quotes the key it was sent tells it to nobody. */
class RedactionTest extends ProxyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quotedKey=401",
        "quotedKey=302",
        "quotedKey=500;slowDrip=1/3",
        "quotedKey=403;slowDrip=1/1",
        "quotedKey=400;gzip",
        "quotedKey=429;zstd;slowDrip=1/2",
      })
  void errorThatQuotesTheKeyPassesWithoutIt(String fault) {
    HttpResponse<String> answer =
        Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false), "x-fake-fault", fault);

    assertThat(json(answer.body()).at("/error/message").asText())
        .isEqualTo("The key [redacted]********** is no good.");
    assertThat(answer.headers().toString())
        .contains("The key [redacted]********** is no good.")
        .doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";slowDrip=1/1", ";slowDrip=1/40"})
  void documentOfSuccessThatIsAnErrorPassesWithoutTheKeyHoweverItIsCut(String cut) {
    HttpResponse<String> answer =
        Agent.post(
            proxy.uri(Agent.CHAT),
            Agent.chat("hi", false),
            "x-fake-fault",
            "quotedKeyInside200=0" + cut);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer.body()).at("/error/message").asText())
        .startsWith("The key [redacted]********** is no good.");
  }

  @Test
  void errorWithoutTheKeyPassesAsItWasSent() {
    provider.script(new Fault.Status(400, "{ \"error\" : \"sk-fake-provider-ke\\u0079\" }\n"));

    HttpResponse<String> answer = Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false));

    assertThat(answer.body()).isEqualTo("{ \"error\" : \"sk-fake-provider-ke\\u0079\" }\n");
    assertThat(answer.headers().firstValueAsLong("content-length"))
        .hasValue(answer.body().length());
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "/anthropic/v1/messages, 3",
    "/anthropic/v1/messages, 1;slowDrip=1/9",
    "/openai/v1/chat/completions, 0",
    "/openai/v1/chat/completions, 3",
    "/openai/v1/chat/completions, 1;slowDrip=1/9",
    "/openai/v1/responses, 2",
    "/openai/v1/responses, 1;slowDrip=1/9",
    "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse, 1",
    "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse, 1;slowDrip=1/9",
    "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent, 1",
    "/gemini/v1beta/models/gemini-2.5-flash:streamGenerateContent, 1;slowDrip=1/9",
  })
  void errorEventThatQuotesTheKeyPassesWithoutIt(String path, String events) {
    String body =
        path.contains("messages")
            ? Agent.messages("len=20", true)
            : path.contains("responses")
                ? Agent.responses("len=20", true)
                : path.contains("chat") ? Agent.chat("len=20", true) : Agent.gemini("len=20");

    HttpResponse<String> answer =
        Agent.post(proxy.uri(path), body, "x-fake-fault", "quotedKeyInside200=" + events);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("The key [redacted]********** is no good.")
        .doesNotContain(KEY);
  }
}
