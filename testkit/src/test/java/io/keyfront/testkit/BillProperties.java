package io.keyfront.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.testkit.speech.Answer;
import io.keyfront.testkit.speech.Event;
import io.keyfront.testkit.speech.Json;
import io.keyfront.testkit.speech.Speech;
import io.keyfront.testkit.speech.Tokens;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BillProperties {
  @Property(tries = 200)
  void anthropicUsageIsWhatIsBilled(@ForAll("prompts") String prompt, @ForAll boolean stream) {
    Answer answer = answer("/v1/messages", Questions.messages(prompt, streamed(stream)));

    List<JsonNode> events = events(answer);
    JsonNode first = stream ? events.getFirst().path("message") : events.getFirst();
    JsonNode usage = first.path("usage");
    JsonNode last = stream ? events.get(events.size() - 2) : first;
    Tokens billed = answer.total();
    assertThat(usage.path("input_tokens").asLong()).isEqualTo(billed.input());
    assertThat(usage.path("cache_read_input_tokens").asLong()).isEqualTo(billed.cacheRead());
    assertThat(usage.path("cache_creation").path("ephemeral_5m_input_tokens").asLong())
        .isEqualTo(billed.cacheWrite5m());
    assertThat(usage.path("cache_creation").path("ephemeral_1h_input_tokens").asLong())
        .isEqualTo(billed.cacheWrite1h());
    assertThat(last.path("usage").path("output_tokens").asLong()).isEqualTo(billed.output());
  }

  @Property(tries = 200)
  void chatUsageIsWhatIsBilled(@ForAll("prompts") String prompt, @ForAll boolean stream) {
    String more = streamed(stream) + ",'stream_options':{'include_usage':true}";
    Answer answer = answer("/v1/chat/completions", Questions.messages(prompt, more));

    List<JsonNode> events = events(answer);
    JsonNode usage = events.getLast().path("usage");
    assertThat(usage.path("prompt_tokens").asLong()).isEqualTo(answer.total().totalInput());
    assertThat(usage.path("prompt_tokens_details").path("cache_write_tokens").asLong())
        .isEqualTo(answer.total().cacheWrite5m());
    assertThat(usage.path("completion_tokens").asLong()).isEqualTo(answer.total().output());
    assertThat(usage.path("completion_tokens_details").path("reasoning_tokens").asLong())
        .isEqualTo(answer.total().reasoning());
  }

  @Property(tries = 200)
  void responsesUsageIsWhatIsBilled(@ForAll("prompts") String prompt, @ForAll boolean stream) {
    Answer answer = answer("/v1/responses", Questions.input(prompt, streamed(stream)));

    JsonNode last = events(answer).getLast();
    JsonNode usage = (stream ? last.path("response") : last).path("usage");
    assertThat(usage.path("input_tokens").asLong()).isEqualTo(answer.total().totalInput());
    assertThat(usage.path("input_tokens_details").path("cached_tokens").asLong())
        .isEqualTo(answer.total().cacheRead());
    assertThat(usage.path("input_tokens_details").path("cache_write_tokens").asLong())
        .isEqualTo(answer.total().cacheWrite5m());
    assertThat(usage.path("output_tokens").asLong()).isEqualTo(answer.total().output());
  }

  @Property(tries = 200)
  void geminiUsageIsWhatIsBilled(@ForAll("prompts") String prompt, @ForAll boolean stream) {
    String verb = stream ? "streamGenerateContent" : "generateContent";
    Answer answer = answer("/v1beta/models/gem:" + verb, Questions.contents(prompt, ""));

    JsonNode usage = events(answer).getLast().path("usageMetadata");
    assertThat(usage.path("promptTokenCount").asLong()).isEqualTo(answer.total().totalInput());
    assertThat(
            usage.path("candidatesTokenCount").asLong() + usage.path("thoughtsTokenCount").asLong())
        .isEqualTo(answer.total().output());
  }

  @Provide
  Arbitrary<String> prompts() {
    Arbitrary<Integer> some = Arbitraries.integers().between(0, 40);
    return Combinators.combine(some, some, some, some, some)
        .as("len=%d reason=%d cache=%d/%d/%d"::formatted);
  }

  private static Answer answer(String target, String body) {
    return Speech.answer(Questions.post(target, body), 1, Set.of()).answer();
  }

  private static List<JsonNode> events(Answer answer) {
    return answer.events().stream()
        .map(Event::data)
        .filter(data -> !data.equals("[DONE]"))
        .map(Json::parse)
        .toList();
  }

  private static String streamed(boolean stream) {
    return stream ? ",'stream':true" : "";
  }
}
