package io.keyfront.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScriptTest {
  @Test
  void namedNumbersAreWrittenInAndCommentsLeftOut() {
    String folded =
        Script.folded(
            """
            -- ONE is explained here.
            local ONE, SOME = 1, 3.6e9

            function L.f(x)
              return x[ONE + 1] * SOME + L.ONE
            end
            """);

    assertThat(folded).isEqualTo("function L.f(x)\nreturn x[1 + 1] * 3.6e9 + L.ONE\nend\n");
  }

  @Test
  void noNameOfANumberIsLeftInTheLedgersScript() {
    assertThat(Script.load().body()).doesNotContainPattern("\\b(CLOCK|W_TOTAL|MOST|HELD)\\b");
  }
}
