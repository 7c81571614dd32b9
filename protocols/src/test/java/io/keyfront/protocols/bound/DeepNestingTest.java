package io.keyfront.protocols.bound;

import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyfront.core.fault.Refused;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepNestingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'messages':;[;'x';];64",
        "'messages':;[{'content':;'x';}];32",
        "'tools':;[{'tools':;5;}];32",
        "'extra_body':;{'a':;1;};64",
      })
  void messagesAndToolsNest64LevelsAndNoMore(
      String field, String open, String middle, String close, int levels) {
    String most = open.repeat(levels) + middle + close.repeat(levels);
    String deepest = open.repeat(499) + middle + close.repeat(499);

    assertThat(Json.asked(OPENAI_CHAT, field + most).prompt().unbounded()).isFalse();
    assertThat(refusal(field + open + most + close)).isEqualTo("malformed_request");
    assertThat(refusal(field + deepest)).isEqualTo("malformed_request");
  }

  private static String refusal(String fields) {
    return catchThrowableOfType(Refused.class, () -> Json.asked(OPENAI_CHAT, fields))
        .fault()
        .code();
  }
}
