package io.keyfront.console.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenNameTest {
  @Test
  void nameWithoutNamespaceIsInDefault() {
    assertThat(TokenName.parse("agent")).isEqualTo(new TokenName("default", "agent"));
  }

  @Test
  void nameMayBeADnsSubdomain() {
    assertThat(TokenName.parse("team-a/ci.build-7")).hasToString("team-a/ci.build-7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "a/", "/a", "A", "a_b", "-a", "a/b/c", "a.b/c", "a b", "ü", "..", "a\n"})
  void whatIsNoNameIsRefusedWithTheForm(String text) {
    assertThatThrownBy(() -> TokenName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write lower-case letters, digits");
  }

  @Test
  void orderIsByNamespaceThenName() {
    var b = new TokenName("a", "b");
    var c = new TokenName("a", "c");
    var a = new TokenName("b", "a");

    assertThat(List.of(a, c, b).stream().sorted()).containsExactly(b, c, a);
  }
}
