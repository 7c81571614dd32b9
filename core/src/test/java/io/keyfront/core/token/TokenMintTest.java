package io.keyfront.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.secret.SecretText;
import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenMintTest {
  private final TokenMint mint = new TokenMint(new SecureRandom());

  @Test
  void tokenIsThePrefixAnd32RandomBytesInBase64Url() {
    var token = mint.mint().reveal();

    assertThat(token).hasSize(46).matches("kf_[A-Za-z0-9_-]{43}");
  }

  @Test
  void noTwoTokensAreTheSame() {
    var tokens = IntStream.range(0, 1_000).mapToObj(i -> mint.mint().reveal());

    assertThat(tokens).doesNotHaveDuplicates();
  }

  @Test
  void tokenIsNotShownByItsOwnText() {
    assertThat(mint.mint()).hasToString("***");
  }

  @Test
  void maskedFormKeepsTheFirstSevenAndTheLastFourCharacters() {
    var token = SecretText.of("kf_fakefakefakefakefakefakefakefakefakefakewxyz");

    assertThat(TokenMint.masked(token)).isEqualTo("kf_fake…wxyz");
  }

  @ParameterizedTest
  @CsvSource({
    "fake, ***",
    "fake-fake-fake-fake-23c, ***",
    "fake-fake-fake-fake-24ch, fake-fa…24ch",
  })
  void shortSecretIsMaskedWhole(String secret, String masked) {
    assertThat(TokenMint.masked(SecretText.of(secret))).isEqualTo(masked);
  }
}
