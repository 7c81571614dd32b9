package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Limits;
import io.keyfront.testkit.FakeProvider;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What answers and refusals say of a token's rates, by the names that each kind of SDK reads. */
class RateHeadersTest {
  private static final Limits RATES =
      Limits.NONE.withRequestsPerMinute(2).withTokensPerMinute(60_000);

  private FakeProvider provider;
  private ProxyUnderTest proxy;

  @BeforeEach
  void start() {
    provider = FakeProvider.start();
    proxy = ProxyUnderTest.start(snapshot(RATES).build(), DataplaneOptions.DEFAULT);
  }

  @AfterEach
  void stop() {
    proxy.close();
    provider.close();
  }

  private Snapshots snapshot(Limits limits) {
    return new Snapshots()
        .limited(ProxyUnderTest.TOKEN, limits, "openai:*", "anthropic:*")
        .key("openai", provider.uri(), "sk-fake-provider-key")
        .key("anthropic", provider.uri(), "sk-fake-provider-key");
  }

  private HttpResponse<String> chat() {
    return Agent.post(proxy.uri(Agent.CHAT), Agent.chat("hi", false));
  }

  private HttpResponse<String> messages() {
    return Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages("hi", false));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("absent");
  }

  private static long number(HttpResponse<String> answer, String name) {
    return Long.parseLong(header(answer, name));
  }

  @Test
  void answerOfChatHasTheStandardAndOpenAisNames() {
    HttpResponse<String> answer = chat();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("ratelimit-policy"))
        .containsExactly("\"requests\";q=2;w=60", "\"tokens\";q=60000;w=60");
    assertThat(answer.headers().allValues("ratelimit"))
        .hasSize(2)
        .satisfiesExactly(
            requests -> assertThat(requests).isEqualTo("\"requests\";r=1;t=30"),
            tokens -> assertThat(tokens).matches("\"tokens\";r=[0-9]+;t=[0-9]+"));
    assertThat(header(answer, "x-ratelimit-limit-requests")).isEqualTo("2");
    assertThat(header(answer, "x-ratelimit-remaining-requests")).isEqualTo("1");
    assertThat(header(answer, "x-ratelimit-reset-requests")).isEqualTo("30000ms");
    assertThat(header(answer, "x-ratelimit-limit-tokens")).isEqualTo("60000");
    assertThat(number(answer, "x-ratelimit-remaining-tokens")).isBetween(0L, 59_999L);
    assertThat(header(answer, "x-ratelimit-reset-tokens")).matches("[1-9][0-9]*ms");
    assertThat(answer.headers().map()).doesNotContainKey("anthropic-ratelimit-requests-limit");
  }

  @Test
  void answerOfMessagesHasAnthropicsNames() {
    Instant before = Instant.now();

    HttpResponse<String> answer = messages();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("ratelimit-policy"))
        .containsExactly("\"requests\";q=2;w=60", "\"tokens\";q=60000;w=60");
    assertThat(header(answer, "anthropic-ratelimit-requests-limit")).isEqualTo("2");
    assertThat(header(answer, "anthropic-ratelimit-requests-remaining")).isEqualTo("1");
    assertThat(Instant.parse(header(answer, "anthropic-ratelimit-requests-reset")))
        .isBetween(before.plusSeconds(25), Instant.now().plusSeconds(31));
    assertThat(header(answer, "anthropic-ratelimit-tokens-limit")).isEqualTo("60000");
    assertThat(number(answer, "anthropic-ratelimit-tokens-remaining")).isBetween(0L, 59_999L);
    assertThat(Instant.parse(header(answer, "anthropic-ratelimit-tokens-reset")))
        .isBefore(Instant.now().plus(Duration.ofMinutes(2)));
    assertThat(answer.headers().map()).doesNotContainKey("x-ratelimit-limit-requests");
  }

  @Test
  void refusalForTheRateOfRequestsSaysThatNothingIsLeft() {
    assertThat(chat().statusCode()).isEqualTo(200);
    assertThat(chat().statusCode()).isEqualTo(200);

    HttpResponse<String> ofChat = chat();
    HttpResponse<String> ofMessages = messages();

    IdentityTest.refused(ofChat, 429, "rate_limited");
    assertThat(header(ofChat, "ratelimit-policy")).isEqualTo("\"requests\";q=2;w=60");
    assertThat(header(ofChat, "ratelimit")).matches("\"requests\";r=0;t=(2[5-9]|30)");
    assertThat(header(ofChat, "x-ratelimit-limit-requests")).isEqualTo("2");
    assertThat(header(ofChat, "x-ratelimit-remaining-requests")).isEqualTo("0");
    assertThat(ofMessages.statusCode()).isEqualTo(429);
    assertThat(header(ofMessages, "anthropic-ratelimit-requests-remaining")).isEqualTo("0");
    assertThat(header(ofMessages, "retry-after")).matches("2[5-9]|30");
  }

  @Test
  void refusalForTheRateOfTokensSaysThatNothingIsLeft() {
    proxy.use(snapshot(Limits.NONE.withTokensPerMinute(2_000)).build());
    HttpResponse<String> answer = chat();
    for (int more = 0; more < 200 && answer.statusCode() == 200; more++) {
      answer = Agent.post(proxy.uri(Agent.CHAT), capped());
    }

    IdentityTest.refused(answer, 429, "rate_limited");
    assertThat(header(answer, "ratelimit-policy")).isEqualTo("\"tokens\";q=2000;w=60");
    assertThat(header(answer, "ratelimit")).matches("\"tokens\";r=0;t=[0-9]+");
    assertThat(header(answer, "x-ratelimit-limit-tokens")).isEqualTo("2000");
    assertThat(header(answer, "x-ratelimit-remaining-tokens")).isEqualTo("0");
  }

  private static String capped() {
    return "{\"model\":\"gpt-4o-mini\",\"max_tokens\":400,\"messages\":[{\"role\":\"user\",\"content\":\"len=300\"}]}";
  }
}
