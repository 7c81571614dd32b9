package io.keyfront.ledger.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Window;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkBytesTest {
  private static final Map<AccountId, Mark> TWO =
      Map.of(
          AccountId.token("günther/€"), mark(100, Window.DAY),
          AccountId.credential("c"), mark(5, Window.TOTAL));

  private static Mark mark(long nano, Window window) {
    return new Mark(
        7,
        nano + 1,
        window,
        Window.ALL.stream().map(each -> new Mark.Part(nano * 2, new Amount(nano, 3))).toList());
  }

  @Test
  void marksAreReadAsTheyWereWritten() {
    assertThat(MarkBytes.read(MarkBytes.of(TWO))).isEqualTo(TWO);
    assertThat(MarkBytes.read(MarkBytes.of(Map.of()))).isEmpty();
  }

  @Test
  void bytesThatAreNotWholeAreRefusedAndNotReadInPart() {
    byte[] whole = MarkBytes.of(TWO);
    assertThatThrownBy(() -> MarkBytes.read(Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Not marks from byte");
    whole[whole.length - 3] ^= 1;
    assertThatThrownBy(() -> MarkBytes.read(whole)).isInstanceOf(IllegalArgumentException.class);
  }
}
