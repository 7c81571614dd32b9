package io.keyfront.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.dataplane.settle.CallRecordJson;
import io.keyfront.dataplane.settle.CallRecordText;
import org.junit.jupiter.api.Test;

class ServerPartsTest {
  @Test
  void callRecordsAreTextForAPersonAtATerminalAndJsonForEverybodyElse() {
    assertThat(ServerParts.format(LogFormat.AUTO, true)).isInstanceOf(CallRecordText.class);
    assertThat(ServerParts.format(LogFormat.AUTO, false)).isInstanceOf(CallRecordJson.class);
  }

  @Test
  void formatThatIsAskedForIsUsedWhereverItGoes() {
    assertThat(ServerParts.format(LogFormat.TEXT, false)).isInstanceOf(CallRecordText.class);
    assertThat(ServerParts.format(LogFormat.JSON, true)).isInstanceOf(CallRecordJson.class);
  }
}
