package io.keyfront.protocols.bound;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_EMBEDDINGS;
import static io.keyfront.protocols.bound.Bounds.BUILT_IN_TOOL_OVERHEAD;
import static io.keyfront.protocols.bound.Bounds.REQUEST_OVERHEAD;
import static io.keyfront.protocols.bound.Bounds.TOOL_OVERHEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keyfront.core.money.CallBound;
import io.keyfront.core.provider.Protocol;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
  private static final long WINDOW = 200_000;
  private static final ModelLimits KNOWN =
      new ModelLimits(OptionalLong.of(WINDOW), OptionalLong.of(32_000), 5_000);
  private static final ModelLimits UNKNOWN =
      new ModelLimits(OptionalLong.empty(), OptionalLong.empty(), 5_000);

  @Test
  void textIsItsBytesAndToolsAndImagesAddTheirMaximum() {
    String fields =
        "'messages':[{'role':'user','content':[{'type':'text','text':'\ufdfa'},{'type':'image',"
            + "'source':{'type':'base64','data':'AAAA'}}]}],'tools':[{},{},{'type':'bash_1'}]";

    var bound = bound(ANTHROPIC_MESSAGES, fields, KNOWN);

    long bytes = Json.body(ANTHROPIC_MESSAGES, fields).length;
    assertThat(bound.inputTokens())
        .isEqualTo(
            bytes + 30 - 4 + 5_000 + REQUEST_OVERHEAD + 2 * TOOL_OVERHEAD + BUILT_IN_TOOL_OVERHEAD);
  }

  @Test
  void modelNeverReadsMoreThanItsWindowInOnePass() {
    String text = "'x':'" + "a".repeat(300_000) + "'";
    String search = "'tools':[{'type':'web_search_1','max_uses':4}]";

    assertThat(bound(ANTHROPIC_MESSAGES, text, KNOWN).inputTokens()).isEqualTo(WINDOW);
    assertThat(bound(ANTHROPIC_MESSAGES, "'container':'c'", KNOWN).inputTokens()).isEqualTo(WINDOW);
    assertThat(bound(ANTHROPIC_MESSAGES, search, KNOWN).inputTokens()).isEqualTo(5 * WINDOW);
    assertThat(bound(ANTHROPIC_MESSAGES, search, KNOWN).webSearches()).isEqualTo(4);
  }

  @Test
  void windowThatIsOnlyAssumedCapsNothingThatTheBodyShows() {
    int long1 = 1_500_000;
    String text = "'x':'" + "a".repeat(long1) + "'";

    assertThat(bound(ANTHROPIC_MESSAGES, text, UNKNOWN).inputTokens()).isGreaterThan(long1);
    assertThat(bound(ANTHROPIC_MESSAGES, text + ",'container':'c'", UNKNOWN).inputTokens())
        .isGreaterThan(long1);
    assertThat(bound(ANTHROPIC_MESSAGES, "'container':'c'", UNKNOWN).inputTokens())
        .isEqualTo(1_000_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'max_tokens':100;100;1",
        "'max_tokens':100,'n':3;100;3",
        "'max_tokens':100,'max_completion_tokens':700;700;1",
        "'x':1;32000;1",
        "'max_tokens':99999;99999;1",
      })
  void outputIsTheRequestsMaximumElseTheModels(String fields, long output, int choices) {
    var bound = bound(OPENAI_CHAT, fields, KNOWN);

    assertThat(bound.outputTokens()).isEqualTo(output);
    assertThat(bound.choices()).isEqualTo(choices);
  }

  @Test
  void outputOfAnUnknownModelHasADefault() {
    assertThat(bound(OPENAI_CHAT, "'x':1", UNKNOWN).outputTokens()).isEqualTo(65_536);
  }

  @Test
  void rejectedPredictionIsOutputToo() {
    String fields = "'max_tokens':100,'prediction':{'content':'long'}";

    assertThat(bound(OPENAI_CHAT, fields, KNOWN).outputTokens())
        .isEqualTo(100 + Json.body(OPENAI_CHAT, fields).length);
  }

  @Test
  void eachTextToEmbedHasAWindowOfItsOwn() {
    String text = "'" + "a".repeat(300_000) + "'";
    var limits = new ModelLimits(OptionalLong.of(8_192), OptionalLong.empty(), 5_000);

    var bound = bound(OPENAI_EMBEDDINGS, "'input':[" + text + "," + text + "]", limits);

    assertThat(bound).isEqualTo(new CallBound(2 * 8_192, 0, 1, 0));
  }

  @Test
  void absurdNumbersStayAtTheLargestLong() {
    var bound =
        bound(
            ANTHROPIC_MESSAGES,
            "'max_tokens':9223372036854775807,'tools':[{'type':'web_search_1','max_uses':9223372036854775807},{'type':'web_search_1','max_uses':9}]",
            KNOWN);

    assertThat(bound.inputTokens()).isEqualTo(Long.MAX_VALUE);
    assertThat(bound.totalTokens()).isEqualTo(Long.MAX_VALUE);
    assertThat(bound.webSearches()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void negativeLimitsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelLimits(OptionalLong.of(-1), OptionalLong.empty(), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelLimits(OptionalLong.empty(), OptionalLong.empty(), -1));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5,5000",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0,5000",
    "anthropic/claude-opus-4.7,5000",
    "gpt-4o,1445",
    "openai/gpt-4o-mini,48169",
    "gpt-4.1-nano-2025-04-14,3779",
    "gpt-5-mini,12000",
    "gpt-6,48169",
    "models/gemini-2.5-pro,6192",
    "notclaude,48169",
    "not-claude/claude-x,5000",
    "llama-4-scout,48169",
  })
  void imageCountsTheMostOfItsFamilyOrOfAll(String model, long tokens) {
    assertThat(ModelLimits.of(model, OptionalLong.empty(), OptionalLong.empty()).imageTokens())
        .isEqualTo(tokens);
  }

  private static CallBound bound(Protocol protocol, String fields, ModelLimits limits) {
    return Bounds.of(Json.asked(protocol, fields), limits);
  }
}
