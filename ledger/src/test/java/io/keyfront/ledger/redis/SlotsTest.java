package io.keyfront.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SlotsTest {
  @Test
  void whatAnotherServerHasOrWillHaveIsAskedAgainAsNothingWasDone() {
    assertThat(Slots.isElsewhere(new RedisNoScriptException("NOSCRIPT No matching script.")))
        .isTrue();
    assertThat(Slots.isElsewhere(new RedisCommandExecutionException("TRYAGAIN Multiple keys")))
        .isTrue();
  }

  @Test
  void whatMayHaveBeenDoneIsNot() {
    assertThat(Slots.isElsewhere(new RedisCommandExecutionException("ERR of a script"))).isFalse();
    assertThat(Slots.isElsewhere(new RedisCommandExecutionException("CLUSTERDOWN"))).isFalse();
    assertThat(Slots.isElsewhere(new IOException("reset"))).isFalse();
    assertThat(Slots.isElsewhere(null)).isFalse();
  }
}
