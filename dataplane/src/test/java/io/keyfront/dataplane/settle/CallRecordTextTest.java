package io.keyfront.dataplane.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.money.Usage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallRecordTextTest {
  private static final Usage USAGE = new Usage(12, 0, 0, 0, 34, 0, 0, 0, 0, Optional.empty());

  private static String line(CallRecord call) {
    StringBuilder lines = new StringBuilder();
    new CallRecordText().append(call, lines);
    return lines.toString();
  }

  @Test
  void answeredCallIsOneLineWithWhoWhatHowMuchAndHowLong() {
    String line = line(SomeRecords.answered("gpt-5", Optional.of(USAGE), ""));

    assertThat(line)
        .matches(
            "\\d\\d:\\d\\d:\\d\\d  200  default/ci  openai:gpt-5 \\(stream\\)  12 in, 34 out"
                + "  0\\.00125 USD  1 ms  req_1\n");
  }

  @Test
  void refusedCallIsOneLineWithItsPathAndItsCode() {
    String line = line(SomeRecords.refused("/openai/v1/chat/completions", "invalid_token"));

    assertThat(line)
        .matches(
            "\\d\\d:\\d\\d:\\d\\d  401  -  POST /openai/v1/chat/completions  1 ms"
                + "  invalid_token  req_1\n");
  }

  @Test
  void facts425HostileNamesCannotMakeLinesOrMoveTheTerminalsCursor() {
    String line =
        line(SomeRecords.answered("a\nb\r\t\u001b[2Jc\u009bd\u0007", Optional.empty(), "x"));

    assertThat(line).hasLineCount(1).contains("openai:a?b???[2Jc?d?");
    assertThat(line.substring(0, line.length() - 1).chars()).noneMatch(Character::isISOControl);
  }
}
