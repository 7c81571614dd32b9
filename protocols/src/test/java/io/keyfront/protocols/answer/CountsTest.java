package io.keyfront.protocols.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountsTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "7,7",
    "12.0001,13",
    "1e3,1000",
    "1E-3,1",
    "-1,0",
    "-0.5,0",
    "-1e999,0",
    "999999999999,999999999999",
    "1000000000000,1000000000000",
    "1000000000001,1000000000000",
    "9223372036854775807,1000000000000",
    "9223372036854775808,1000000000000",
    "1e999999999,1000000000000",
    "00000000000000000000000000000000000000007,7",
  })
  void countIsAWholeNumberWithinItsBounds(String written, long count) {
    assertThat(Counts.of(written)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.00012345", "12", "1.5e-7", "999999999999999999"})
  void costIsTakenAsItIsWritten(String written) {
    assertThat(Counts.cost(written)).contains(new BigDecimal(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0.1",
        "1e19",
        "1e999999999",
        "1e-999999999",
        "1e99999999999",
        "free",
        "",
        "0.00000000000000000000000000000000000000000001"
      })
  void costThatIsNoSensibleAmountIsNotTaken(String written) {
    assertThat(Counts.cost(written)).isEmpty();
  }
}
