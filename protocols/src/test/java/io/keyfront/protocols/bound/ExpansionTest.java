package io.keyfront.protocols.bound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain ASCII with \\n \\\" \\\\ \\/ escapes, long enough for whole words|0",
        "\ufdfa|30",
        "12345678\ufdfa12345678\ufdfa|60",
        "\\ufdfa|27",
        "\\uFDFA\\ufDfA|54",
        "\\\\ufdfa|0",
        "\\\\\\ufdfa|27",
        "\ud55c\uad6d\uc5b4|0",
        "\u6f22\u5b57|0",
        "\uff21\uff22|0",
        "\ud834\udd5f|4",
        "\\ud834\\udd5f|0",
        "\\ud834\\u0041|0",
        "\u00bd|3",
        "\\u00|0",
      })
  void textCountsAsLongAsNormalisationCanMakeIt(String text, long surplus) {
    assertThat(Expansion.of(text.getBytes(UTF_8))).isEqualTo(surplus);
  }

  @Test
  void bytesThatAreNoUtf8CountAsReplacementCharacters() {
    assertThat(Expansion.of("\u00ff".getBytes(ISO_8859_1))).isEqualTo(2);
    assertThat(Expansion.of("\u00c0\u0080".getBytes(ISO_8859_1))).isEqualTo(4);
    assertThat(Expansion.of("\u00ed\u00a0\u0080".getBytes(ISO_8859_1))).isEqualTo(6);
    assertThat(Expansion.of("\u00ef\u00b7".getBytes(ISO_8859_1))).isEqualTo(4);
  }

  @Test
  void everyCodePointIsAtLeastAsLongAsItsNormalForms() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (Character.isDefined(point) && Character.getType(point) != Character.SURROGATE) {
        String text = Character.toString(point);
        int most = Utf8.length(point) + Decompositions.surplus(point);
        assertThat(Utf8.length(point)).isEqualTo(text.getBytes(UTF_8).length);
        assertThat(length(text, Normalizer.Form.NFKC))
            .as("U+%04X", point)
            .isLessThanOrEqualTo(most);
        assertThat(length(text, Normalizer.Form.NFC)).as("U+%04X", point).isLessThanOrEqualTo(most);
      }
    }
  }

  private static int length(String text, Normalizer.Form form) {
    return Normalizer.normalize(text, form).getBytes(UTF_8).length;
  }
}
