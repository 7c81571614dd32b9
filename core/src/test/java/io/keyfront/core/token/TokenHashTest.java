package io.keyfront.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHashTest {
  /** The first example of FIPS 180-2, appendix B.1. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void hashIsSha256OfTheUtf8Text() {
    assertThat(TokenHash.of("abc").hex()).isEqualTo(OF_ABC);
  }

  @Test
  void hashIsReadBackFromItsHexadecimalForm() {
    assertThat(TokenHash.parse(OF_ABC)).isEqualTo(TokenHash.of("abc"));
    assertThat(TokenHash.parse(OF_ABC.toUpperCase(Locale.ROOT))).isEqualTo(TokenHash.of("abc"));
  }

  @Test
  void shownFormIsTheFirstTwelveDigits() {
    var hash = TokenHash.of("abc");

    assertThat(hash.prefix()).isEqualTo("ba7816bf8f01");
    assertThat(hash).hasToString("ba7816bf8f01…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba7816bf",
        "kf_fake-fake-fake-fake-fake-fake-fake-fake-fak",
        "xa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
      })
  void textThatIsNoHashIsRefusedWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> TokenHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A token hash is 64 hexadecimal digits (SHA-256); this text is not.");
  }
}
