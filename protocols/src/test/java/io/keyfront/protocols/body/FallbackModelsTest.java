package io.keyfront.protocols.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.fault.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackModelsTest {
  private static byte[] body(String field) {
    return ("{\"model\":\"a/b\","
            + field
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
        .getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"models\":[\"c/d\",\"e/f:free\"],", "\"mod\\u0065ls\":[\"c/d\",\"e/f:free\"],"})
  void listedModelsAreFoundHoweverTheirNameIsWritten(String field) {
    assertThat(FallbackModels.in(body(field))).containsExactly("c/d", "e/f:free");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"models\":null,",
        "\"models\":[],",
        "\"metadata\":{\"models\":[\"c/d\"]},",
        "\"user\":\"\\u006d\","
      })
  void nothingElseIsAFallback(String field) {
    assertThat(FallbackModels.in(body(field))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"models\":\"c/d\",",
        "\"models\":{\"0\":\"c/d\"},",
        "\"models\":[\"c/d\",7],",
        "\"models\":[[\"c/d\"]],",
        "\"models\":[\"c/d\"],\"models\":[\"e/f\"],"
      })
  void whatIsNoListOfNamesIsRefused(String field) {
    assertThatThrownBy(() -> FallbackModels.in(body(field)))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.fault().status()).isEqualTo(400));
  }

  @Test
  void moreThanAnyProviderTakesAreRefused() {
    String many = "\"models\":[" + "\"c/d\",".repeat(FallbackModels.MOST) + "\"c/d\"],";

    assertThatThrownBy(() -> FallbackModels.in(body(many))).isInstanceOf(Refused.class);
  }
}
