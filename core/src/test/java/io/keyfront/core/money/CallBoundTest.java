package io.keyfront.core.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CallBoundTest {

  @Test
  void everyChoiceMayHaveTheWholeOutput() {
    var bound = new CallBound(1_000, 300, 4, 0);

    assertThat(bound.totalOutput()).isEqualTo(1_200);
    assertThat(bound.totalTokens()).isEqualTo(2_200);
  }

  @Test
  void whatWouldOverflowStaysAtTheLargestLong() {
    var bound = new CallBound(5, Long.MAX_VALUE / 2, 3, 0);

    assertThat(bound.totalOutput()).isEqualTo(Long.MAX_VALUE);
    assertThat(bound.totalTokens()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void clampLowersTheOutputAndNeverRaisesIt() {
    var bound = new CallBound(1_000, 300, 4, 2);

    assertThat(bound.clampedTo(256)).isEqualTo(new CallBound(1_000, 256, 4, 2));
    assertThat(bound.clampedTo(301)).isEqualTo(bound);
  }

  @Test
  void negativeNumbersAndNoChoiceAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CallBound(-1, 0, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new CallBound(0, -1, 1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new CallBound(0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new CallBound(0, 0, 1, -1));
  }
}
