package io.keyfront.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.money.Usage;
import io.keyfront.dataplane.settle.CallRecord;
import io.keyfront.testkit.speech.Tokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the proxy records is what the provider's own bill says. */
class MeteringTest extends ProxyTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "messages, len=12 cache=100/20/30",
    "messages-stream, len=12 cache=100/20/30",
    "messages-stream, len=40 reason=25",
    "chat, len=12 cache=100 reason=7",
    "chat-stream, len=12 cache=100 reason=7",
    "responses, len=12 cache=100 reason=7",
    "responses-stream, len=12 cache=100 reason=7",
    "embeddings, one two three",
    "gemini, len=12 reason=7",
    "gemini-sse, len=12 reason=7",
    "gemini-array, len=12 reason=7",
  })
  void facts46RecordedUsageEqualsTheProvidersBill(String kind, String prompt) {
    send(kind, prompt);

    CallRecord record = proxy.nextRecord();
    Tokens billed = provider.bill().last().orElseThrow().tokens();
    Usage usage = record.usage().orElseThrow();
    assertThat(record.settlement()).hasValue("known");
    assertThat(usage.totalInput()).isEqualTo(billed.totalInput());
    assertThat(usage.cacheRead()).isEqualTo(billed.cacheRead());
    assertThat(usage.cacheWrite5m()).isEqualTo(billed.cacheWrite5m());
    assertThat(usage.cacheWrite1h()).isEqualTo(billed.cacheWrite1h());
    assertThat(usage.output()).isEqualTo(billed.output());
    assertThat(usage.output() + usage.totalInput()).isPositive();
  }

  private void send(String kind, String prompt) {
    switch (kind) {
      case "messages" -> Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages(prompt, false));
      case "messages-stream" -> Agent.post(proxy.uri(Agent.MESSAGES), Agent.messages(prompt, true));
      case "chat" -> Agent.post(proxy.uri(Agent.CHAT), Agent.chat(prompt, false));
      case "chat-stream" -> Agent.post(proxy.uri(Agent.CHAT), Agent.chat(prompt, true));
      case "responses" -> Agent.post(proxy.uri(Agent.RESPONSES), Agent.responses(prompt, false));
      case "responses-stream" ->
          Agent.post(proxy.uri(Agent.RESPONSES), Agent.responses(prompt, true));
      case "embeddings" -> Agent.post(proxy.uri(Agent.EMBEDDINGS), Agent.embeddings(prompt));
      case "gemini" -> Agent.post(proxy.uri(Agent.GEMINI), Agent.gemini(prompt));
      case "gemini-sse" ->
          Agent.post(proxy.uri(Agent.GEMINI_STREAM + "?alt=sse"), Agent.gemini(prompt));
      case "gemini-array" -> Agent.post(proxy.uri(Agent.GEMINI_STREAM), Agent.gemini(prompt));
      default -> throw new IllegalArgumentException(kind);
    }
  }
}
