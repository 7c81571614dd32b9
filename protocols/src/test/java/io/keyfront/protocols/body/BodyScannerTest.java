package io.keyfront.protocols.body;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyScannerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT|{'model':'m','max_tokens':5}|5",
        "OPENAI_CHAT|{'model':'m','max_completion_tokens':6}|6",
        "OPENAI_CHAT|{'max_tokens':5,'model':'m','max_completion_tokens':4}|5",
        "OPENAI_CHAT|{'max_tokens':null,'model':'m','max_completion_tokens':4}|4",
        "ANTHROPIC_MESSAGES|{'model':'m','max_tokens':9223372036854775807}|9223372036854775807",
        "OPENAI_RESPONSES|{'model':'m','max_output_tokens':0}|0",
        "GEMINI|{'generationConfig':{'a':[1],'maxOutputTokens':7}}|7",
        "GEMINI|{'generation_config':{'max_output_tokens':8,'b':{}}}|8",
      })
  void largestMaximumOfTheProtocolsOwnFieldsIsTheMaximum(
      Protocol protocol, String body, long most) {
    assertThat(scan(protocol, body).maxOutput()).hasValue(most);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ANTHROPIC_MESSAGES|{'model':'m','max_output_tokens':'x','max_completion_tokens':-1}",
        "OPENAI_RESPONSES|{'model':'m','max_tokens':'x','stream_options':[]}",
        "OPENAI_EMBEDDINGS|{'model':'m','max_tokens':'x','stream':5}",
        "GEMINI|{'model':5,'max_tokens':'x','stream':5,'stream':6,'generationConfig':null}",
        "GEMINI|{}",
        "OPENAI_CHAT|{'model':'m','deep':{'model':1,'model':2,'stream':3}}",
      })
  void fieldsOfOtherProtocolsAndLevelsAreLeftAlone(Protocol protocol, String body) {
    var scanned = scan(protocol, body);

    assertThat(scanned.maxOutput()).isEmpty();
    assertThat(scanned.stream()).isFalse();
    assertThat(scanned.streamOptions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT|{'model':'a','x':1,'model':'b'}|model",
        "OPENAI_CHAT|{'model':'a','mod\\u0065l':'a'}|model",
        "OPENAI_CHAT|{'stream':false,'model':'a','\\u0073tream':true}|stream",
        "OPENAI_CHAT|{'stream_options':null,'model':'a','stream_options':{}}|stream_options",
        "OPENAI_CHAT|{'model':'a','stream_options':{'include_usage':true,'include_usage':false}}|stream_options.include_usage",
        "ANTHROPIC_MESSAGES|{'max_tokens':1,'model':'a','max_tokens':9}|max_tokens",
        "GEMINI|{'generationConfig':{},'generation_config':{}}|generationConfig",
        "GEMINI|{'generationConfig':{'maxOutputTokens':1,'max_output_tokens':2}}|generationConfig.maxOutputTokens",
      })
  void fieldThatMattersAndComesTwiceIsRefused(Protocol protocol, String body, String field) {
    var fault = refusal(protocol, body);

    assertThat(fault.code()).isEqualTo("field_repeated");
    assertThat(fault.message()).contains("'" + field + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_CHAT|{'model':5}|'model' must be a string",
        "OPENAI_CHAT|{'model':null}|'model' must be a string",
        "OPENAI_CHAT|{'model':['secret']}|'model' must be a string",
        "OPENAI_CHAT|{'model':''}|'model' must be a name of 1 to 512 characters",
        "OPENAI_CHAT|{'model':'a\\nb'}|'model' must be a name of 1 to 512 characters",
        "OPENAI_CHAT|{'model':'a\\ud800b'}|'model' must be a name of 1 to 512 characters",
        "OPENAI_CHAT|{'model':'m','stream':'secret'}|'stream' must be true or false",
        "OPENAI_CHAT|{'model':'m','stream':1}|'stream' must be true or false",
        "OPENAI_CHAT|{'model':'m','stream_options':[]}|'stream_options' must be an object",
        "OPENAI_CHAT|{'model':'m','stream_options':{'include_usage':'secret'}}|'stream_options.include_usage' must be true or false",
        "OPENAI_CHAT|{'model':'m','max_tokens':-1}|'max_tokens' must be a whole number from 0 to 9223372036854775807",
        "OPENAI_CHAT|{'model':'m','max_tokens':1.5}|'max_tokens' must be a whole number",
        "OPENAI_CHAT|{'model':'m','max_tokens':'9'}|'max_tokens' must be a whole number",
        "OPENAI_CHAT|{'model':'m','max_tokens':9223372036854775808}|'max_tokens' must be a whole number",
        "OPENAI_CHAT|{'model':'m','max_completion_tokens':1e99}|'max_completion_tokens' must be a whole number",
        "GEMINI|{'generationConfig':'secret'}|'generationConfig' must be an object",
        "GEMINI|{'generationConfig':{'maxOutputTokens':-5}}|'generationConfig.maxOutputTokens' must be a whole number",
        "OPENAI_CHAT|{'Model':'m'}|'Model' must be written 'model'",
        "OPENAI_CHAT|{'model':'m','\u017ftream':true}|must be written 'stream'",
        "ANTHROPIC_MESSAGES|{'model':'m','MAX_TOKENS':1}|'MAX_TOKENS' must be written 'max_tokens'",
      })
  void fieldOfTheWrongTypeIsRefusedAndTheValueIsNotQuoted(
      Protocol protocol, String body, String message) {
    var fault = refusal(protocol, body);

    assertThat(fault.code()).isEqualTo("field_wrong");
    assertThat(fault.message()).contains(message).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ANTHROPIC_MESSAGES", "OPENAI_CHAT", "OPENAI_RESPONSES", "OPENAI_EMBEDDINGS"})
  void bodyWithoutAModelIsRefusedWhereThePathHasNone(Protocol protocol) {
    assertThat(refusal(protocol, "{'stream':true}").code()).isEqualTo("field_missing");
    assertThat(refusal(protocol, "{'x':{'model':'nested'}}").code()).isEqualTo("field_missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|empty",
        "'  '|line 1, column 3",
        "[]|line 1, column 1",
        "'\"secret\"'|line 1, column 1",
        "5|line 1, column 1",
        "null|line 1, column 1",
        "secret|line 1",
        "{'model':'m'|line 1",
        "{'model':'m'}}|line 1, column 14",
        "{'model':'m'} {}|line 1, column 15",
        "{'model':'m'} secret|line 1, column 15",
        "{'model':'m',}|line 1, column 14",
        "{'model':'m' 'x':1}|line 1, column 14",
        "{'model':'m','x':secret}|line 1, column",
        "{'model':'m','x':'secret|line 1, column",
        "{'model':'m','x':01}|line 1, column",
        "{'model':'m','x':NaN}|line 1, column",
        "{'model':'m','x':[1,2}|line 1, column",
        "{'model':'m','x':'\\x'}|line 1, column",
        "{model:'m'}|line 1, column 2",
        "{/*secret*/'model':'m'}|line 1, column 2",
      })
  void bodyThatIsNoJsonObjectIsRefusedByPlaceAndNeverQuoted(String body, String place) {
    var fault = refusal(OPENAI_CHAT, body);

    assertThat(fault.code()).isEqualTo("body_not_json");
    assertThat(fault.status()).isEqualTo(400);
    assertThat(fault.message()).contains(place).doesNotContain("secret");
  }

  @Test
  void mistakeIsNamedByItsLine() {
    assertThat(refusal(OPENAI_CHAT, "{\n'model':'m',\n 'x':?}").message())
        .contains("line 3, column 6");
  }

  @Test
  void bodyInAnotherEncodingOrWithAMarkIsRefused() {
    String body = "{\"model\":\"m\"}";

    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          Charset.forName("UTF-32LE"),
          Charset.forName("UTF-32BE")
        }) {
      assertThat(refusal(OPENAI_CHAT, body.getBytes(charset)).code()).isEqualTo("body_not_json");
    }
    assertThat(refusal(OPENAI_CHAT, ("\ufeff" + body).getBytes(UTF_8)).code())
        .isEqualTo("body_not_json");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] body = json("{'model':'m','x':'?'}");
    body[body.length - 3] = (byte) 0xff;

    assertThat(refusal(OPENAI_CHAT, body).code()).isEqualTo("body_not_json");
  }

  @Test
  void nestingHasABound() {
    String fits = "[".repeat(999) + "]".repeat(999);

    assertThat(scan(OPENAI_CHAT, "{'x':" + fits + ",'model':'m'}").model()).isPresent();
    assertThat(refusal(OPENAI_CHAT, "{'x':[" + fits + "],'model':'m'}").message())
        .contains("1000 levels");
    assertThat(refusal(OPENAI_CHAT, "[".repeat(100_000)).code()).isEqualTo("body_not_json");
    assertThat(refusal(OPENAI_CHAT, "{'x':" + "[".repeat(100_000)).code())
        .isEqualTo("body_not_json");
  }

  @Test
  void legalBodyOf32MebibytesWithAnImageIsRead() {
    String image = "iVBORw0K".repeat(20 * 1024 * 1024 / 8);
    String text = "word ".repeat(12 * 1024 * 1024 / 5 - 20);

    var scanned = scan(ANTHROPIC_MESSAGES, "{'i':'" + image + "','t':'" + text + "','model':'m'}");

    assertThat(scanned.model().orElseThrow().value()).isEqualTo("m");
  }

  @Test
  void modelNameHasABound() {
    var most = "m".repeat(BodyScanner.MAX_MODEL_LENGTH);

    assertThat(scan(OPENAI_CHAT, "{'model':'" + most + "'}").model()).isPresent();
    assertThat(refusal(OPENAI_CHAT, "{'model':'m" + most + "'}").code()).isEqualTo("field_wrong");
  }

  @Test
  void countOfTokensIsScannedLikeTheCallItself() {
    var scanned =
        BodyScanner.scan(
            ANTHROPIC_MESSAGES, Operation.COUNT_TOKENS, json("{'model':'m','messages':[]}"));

    assertThat(scanned.model().orElseThrow().value()).isEqualTo("m");
    assertThat(BodyScanner.scan(GEMINI, Operation.COUNT_TOKENS, json("{}")).empty()).isTrue();
    assertThat(scan(OPENAI_RESPONSES, "{'model':'m','stream':true}").stream()).isTrue();
  }

  private static ScannedBody scan(Protocol protocol, String body) {
    return BodyScanner.scan(protocol, Operation.GENERATE, json(body));
  }

  private static Fault refusal(Protocol protocol, String body) {
    return refusal(protocol, json(body));
  }

  private static Fault refusal(Protocol protocol, byte[] body) {
    return catchThrowableOfType(
            Refused.class, () -> BodyScanner.scan(protocol, Operation.GENERATE, body))
        .fault();
  }

  /** JSON with single quotes, for legibility. */
  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }
}
