package io.keyfront.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TokenHashProperties {
  @Property
  void everyHashSurvivesItsHexadecimalForm(
      @ForAll long first, @ForAll long second, @ForAll long third, @ForAll long fourth) {
    var hash = new TokenHash(first, second, third, fourth);

    assertThat(hash.hex()).matches("[0-9a-f]{64}");
    assertThat(TokenHash.parse(hash.hex())).isEqualTo(hash);
  }

  @Property
  void everyTextHasAHash(@ForAll String text) {
    assertThat(TokenHash.of(text)).isEqualTo(TokenHash.of(text));
  }
}
