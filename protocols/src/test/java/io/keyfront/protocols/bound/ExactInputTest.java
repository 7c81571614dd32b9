package io.keyfront.protocols.bound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.provider.Protocol;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactInputTest {
  private static final long IMAGE_TOKENS = 1_500;

  private static byte[] body(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }

  private static Prompt prompt(Protocol protocol, byte[] body) {
    return BodyMeasure.measure(protocol, body).asked().prompt();
  }

  @Test
  void textsOfAChatAreItsContents() {
    byte[] body =
        body(
            "{'model':'m','messages':[{'role':'system','content':'be \\u0062rief'},"
                + "{'role':'user','name':'ann','content':[{'type':'text','text':'look'},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]},"
                + "{'role':'assistant','content':null,'tool_calls':[{'id':'c','type':'function',"
                + "'function':{'name':'f','arguments':'{}'}}]},"
                + "{'role':'tool','tool_call_id':'c','content':'42'}],"
                + "'tools':[{'type':'function','function':{'name':'f','description':'text'}}]}");

    assertThat(TextParts.of(Protocol.OPENAI_CHAT, body).texts())
        .containsExactly("be brief", "look", "42");
    assertThat(TextParts.of(Protocol.OPENAI_CHAT, body).bytes())
        .isEqualTo("be \\u0062rieflook42".length());
  }

  @Test
  void textsOfResponsesAreItsInstructionsItemsAndResults() {
    byte[] body =
        body(
            "{'model':'m','instructions':'be brief','input':[{'role':'user','content':"
                + "[{'type':'input_text','text':'hi'}]},{'type':'function_call','call_id':'c',"
                + "'name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c',"
                + "'output':'42'}]}");

    assertThat(TextParts.of(Protocol.OPENAI_RESPONSES, body).texts())
        .containsExactly("be brief", "hi", "42");
  }

  @Test
  void aPlainInputIsAText() {
    assertThat(TextParts.of(Protocol.OPENAI_RESPONSES, body("{'model':'m','input':'hi'}")).texts())
        .containsExactly("hi");
  }

  @Test
  void onlyTheTextIsCounted() {
    byte[] body = body("{'model':'m','messages':[{'role':'user','content':'hello there'}]}");
    TextParts parts = TextParts.of(Protocol.OPENAI_CHAT, body);

    assertThat(ExactInput.ofTexts(prompt(Protocol.OPENAI_CHAT, body), IMAGE_TOKENS, parts, 2))
        .isEqualTo(
            Bounds.REQUEST_OVERHEAD
                + body.length
                - "hello there".length()
                + 2
                + ExactInput.TEXT_MARGIN);
  }

  @Test
  void anthropicIsAskedForWhatItCountsAndPaysForTheRestByTheByte() {
    byte[] body =
        body(
            "{'model':'alias','max_tokens':9,'system':'s','stream':true,"
                + "'messages':[{'role':'user','content':'h\\u0069'}],'output_config':{'a':1},"
                + "'tools':[]}");

    CountRequest request =
        CountRequest.of(Protocol.ANTHROPIC_MESSAGES, body, "claude-sonnet-4-5").orElseThrow();

    assertThat(new String(request.body(), UTF_8).replace('"', '\''))
        .isEqualTo(
            "{'model':'claude-sonnet-4-5','system':'s',"
                + "'messages':[{'role':'user','content':'h\\u0069'}],'tools':[]}");
    assertThat(request.leftOutBytes())
        .isEqualTo(
            body.length - "'s'".length() - "[{'role':'user','content':'h\\u0069'}][]".length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {}; {"generateContentRequest":{"model":"models/g"}}
          {"contents":[] }; {"generateContentRequest":{"model":"models/g","contents":[] }}
          """)
  void geminiIsAskedForTheWholeCall(String body, String asked) {
    CountRequest request =
        CountRequest.of(Protocol.GEMINI, body.getBytes(UTF_8), "g").orElseThrow();

    assertThat(new String(request.body(), UTF_8)).isEqualTo(asked);
    assertThat(request.leftOutBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"ANTHROPIC_MESSAGES, a\"b", "GEMINI, a b", "OPENAI_CHAT, gpt-4o"})
  void nobodyIsAskedForOddModelsOrWithoutAnEndpoint(Protocol protocol, String model) {
    assertThat(CountRequest.of(protocol, body("{'model':'m','messages':[]}"), model))
        .isEqualTo(Optional.empty());
  }

  @Test
  void aProvidersCountIsTakenWithAMarginAndImagesAtTheirMostBesides() {
    byte[] body =
        body(
            "{'model':'m','max_tokens':1,'messages':[{'role':'user','content':[{'type':'image',"
                + "'source':{'type':'base64','media_type':'image/png','data':'AAAA'}}]}]}");
    CountRequest request = CountRequest.of(Protocol.ANTHROPIC_MESSAGES, body, "m").orElseThrow();

    assertThat(
            ExactInput.ofProvidersCount(
                prompt(Protocol.ANTHROPIC_MESSAGES, body), IMAGE_TOKENS, request, 3_200))
        .isEqualTo(3_200 + 100 + Bounds.REQUEST_OVERHEAD + request.leftOutBytes() + IMAGE_TOKENS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {"model":"m","messages":[]}; true
          {"model":"m","messages":[{"role":"user","content":[{"type":"file","file_id":"f"}]}]}; false
          {"model":"m","messages":[],"web_search_options":{}}; false
          """)
  void onlyWhatTheBodyShowsCanBeCounted(String body, boolean countable) {
    AskedFor asked = BodyMeasure.measure(Protocol.OPENAI_CHAT, body.getBytes(UTF_8)).asked();

    assertThat(ExactInput.isCountable(asked)).isEqualTo(countable);
  }
}
