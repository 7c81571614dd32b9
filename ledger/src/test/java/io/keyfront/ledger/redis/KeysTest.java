package io.keyfront.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void kindsDoNotShareKeys() {
    assertThat(Keys.text(AccountId.token("a"))).isEqualTo("kf:{t:a}");
    assertThat(Keys.text(AccountId.credential("a"))).isEqualTo("kf:{c:a}");
    assertThat(Keys.text(AccountId.provider("a"))).isEqualTo("kf:{p:a}");
    assertThat(Keys.text(AccountId.EVERYTHING)).isEqualTo("kf:{e:}");
  }

  @Test
  void idsThatWouldMoveTheSlotOrGrowTheKeyAreHashed() {
    String braces = Keys.text(AccountId.token("a}b"));
    String large = Keys.text(AccountId.token("a".repeat(1000)));

    assertThat(braces).matches("kf:\\{t:#[0-9a-f]{32}}");
    assertThat(large).hasSameSizeAs(braces).isNotEqualTo(braces);
  }
}
