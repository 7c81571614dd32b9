package io.keyfront.protocols.bound;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keyfront.core.provider.Protocol;
import io.keyfront.protocols.body.BodyEdits;
import io.keyfront.protocols.body.Splice;
import io.keyfront.protocols.bound.Clamp.ChatMaximum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClampTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ANTHROPIC_MESSAGES;{'model':'m','max_tokens' : 32000 };{'model':'m','max_tokens' : 2000 }",
        "ANTHROPIC_MESSAGES;{'model':'m','max_tokens':1999};{'model':'m','max_tokens':1999}",
        "ANTHROPIC_MESSAGES;{ 'model':'m'};{'max_tokens':2000, 'model':'m'}",
        "ANTHROPIC_MESSAGES;{'model':'m','max_tokens':null};{'model':'m','max_tokens':2000}",
        "ANTHROPIC_MESSAGES;{'model':'m','max_tokens':32000,'thinking':{'type':'enabled','budget_tokens':31999}};{'model':'m','max_tokens':2000,'thinking':{'type':'enabled','budget_tokens':1744}}",
        "ANTHROPIC_MESSAGES;{'thinking':{'budget_tokens':1999},'model':'m','max_tokens':32000};{'thinking':{'budget_tokens':1999},'model':'m','max_tokens':2000}",
        "ANTHROPIC_MESSAGES;{'model':'m','messages':[{'max_tokens':9000}],'max_tokens':9000};{'model':'m','messages':[{'max_tokens':9000}],'max_tokens':2000}",
        "OPENAI_CHAT;{'model':'m','max_tokens':9000};{'model':'m','max_tokens':2000}",
        "OPENAI_CHAT;{'model':'m','max_tokens':9000,'max_completion_tokens':5};{'model':'m','max_tokens':2000,'max_completion_tokens':5}",
        "OPENAI_CHAT;{'model':'m'};{'max_completion_tokens':2000,'model':'m'}",
        "OPENAI_CHAT;{'model':'m','max_tokens':null};{'max_completion_tokens':2000,'model':'m','max_tokens':null}",
        "OPENAI_CHAT;{'model':'m','max_completion_tokens':null,'max_tokens':null};{'model':'m','max_completion_tokens':2000,'max_tokens':null}",
        "OPENAI_RESPONSES;{'model':'m','input':'hi'};{'max_output_tokens':2000,'model':'m','input':'hi'}",
        "OPENAI_RESPONSES;{'model':'m','max_output_tokens':9000};{'model':'m','max_output_tokens':2000}",
        "GEMINI;{};{'generationConfig':{'maxOutputTokens':2000}}",
        "GEMINI;{'contents':[]};{'generationConfig':{'maxOutputTokens':2000},'contents':[]}",
        "GEMINI;{'generationConfig':null};{'generationConfig':{'maxOutputTokens':2000}}",
        "GEMINI;{'generationConfig':{ }};{'generationConfig':{'maxOutputTokens':2000 }}",
        "GEMINI;{'generation_config': {'topK':1}};{'generation_config': {'maxOutputTokens':2000,'topK':1}}",
        "GEMINI;{'generationConfig':{'max_output_tokens':null}};{'generationConfig':{'max_output_tokens':2000}}",
        "GEMINI;{'generationConfig':{'thinkingConfig':{'thinkingBudget':24576},'maxOutputTokens':65536}};{'generationConfig':{'thinkingConfig':{'thinkingBudget':1744},'maxOutputTokens':2000}}",
        "GEMINI;{'generationConfig':{'thinkingConfig':{'thinking_budget':-1}}};{'generationConfig':{'maxOutputTokens':2000,'thinkingConfig':{'thinking_budget':-1}}}",
      })
  void bodyIsClampedTo2000TokensAndOtherwiseLeftAlone(
      Protocol protocol, String body, String clamped) {
    assertThat(clamped(protocol, body, 2_000)).isEqualTo(clamped);
  }

  @Test
  void thinkingKeepsItsLeastBudgetAndBelowThatNothingIsClamped() {
    String body = "{'model':'m','max_tokens':9000,'thinking':{'budget_tokens':8000}}";
    String gemini = "{'generationConfig':{'thinkingConfig':{'thinkingBudget':8000}}}";

    assertThat(clamped(ANTHROPIC_MESSAGES, body, 1_025))
        .isEqualTo("{'model':'m','max_tokens':1025,'thinking':{'budget_tokens':1024}}");
    assertThat(splices(ANTHROPIC_MESSAGES, body, 1_024, ChatMaximum.MAX_TOKENS)).isEmpty();
    assertThat(clamped(Protocol.GEMINI, gemini, 513)).contains("'thinkingBudget':512");
    assertThat(splices(Protocol.GEMINI, gemini, 512, ChatMaximum.MAX_TOKENS)).isEmpty();
  }

  @Test
  void predictionsAndEmbeddingsCannotBeClamped() {
    String prediction = "{'model':'m','max_tokens':9,'prediction':{'type':'content'}}";

    assertThat(splices(OPENAI_CHAT, prediction, 5, ChatMaximum.MAX_TOKENS)).isEmpty();
    assertThat(
            splices(
                Protocol.OPENAI_EMBEDDINGS, "{'model':'m','input':'a'}", 5, ChatMaximum.MAX_TOKENS))
        .isEmpty();
  }

  @Test
  void callerSaysWhichFieldAChatProviderSpeaks() {
    byte[] body = Json.bytes("{'model':'m','max_completion_tokens':null}");

    var splices =
        splices(
            OPENAI_CHAT, "{'model':'m','max_completion_tokens':null}", 7, ChatMaximum.MAX_TOKENS);

    assertThat(BodyEdits.spliced(body, splices.orElseThrow()))
        .isEqualTo(Json.bytes("{'max_tokens':7,'model':'m','max_completion_tokens':null}"));
  }

  @Test
  void clampGoesTogetherWithTheOtherEdits() {
    byte[] body = Json.bytes("{'model':'m','max_tokens':9000,'stream':true}");
    var measured = BodyMeasure.measure(OPENAI_CHAT, body);
    List<Splice> splices =
        new ArrayList<>(
            Clamp.to(5, OPENAI_CHAT, measured, ChatMaximum.MAX_COMPLETION_TOKENS).orElseThrow());
    splices.add(BodyEdits.rename(measured.scanned(), "new"));
    splices.addAll(BodyEdits.usage(measured.scanned()).stream().toList());

    assertThat(BodyEdits.spliced(body, splices))
        .isEqualTo(
            Json.bytes(
                "{'stream_options':{'include_usage':true},'model':'new','max_tokens':5,'stream':true}"));
  }

  @Test
  void clampToNothingIsAMistake() {
    assertThatIllegalArgumentException().isThrownBy(() -> clamped(OPENAI_CHAT, "{'model':'m'}", 0));
  }

  private static String clamped(Protocol protocol, String body, long most) {
    var splices = splices(protocol, body, most, ChatMaximum.MAX_COMPLETION_TOKENS).orElseThrow();
    return new String(BodyEdits.spliced(Json.bytes(body), splices), UTF_8).replace('"', '\'');
  }

  private static Optional<List<Splice>> splices(
      Protocol protocol, String body, long most, ChatMaximum chat) {
    return Clamp.to(most, protocol, BodyMeasure.measure(protocol, Json.bytes(body)), chat);
  }
}
