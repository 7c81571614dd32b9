package io.keyfront.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.money.UsageTotals;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageFileTest {
  private static final String LINE = "[\"TOKEN\",\"uid-1\",3,200,50,1,1795262400000]\n";

  @Test
  void accountIsOneLine() {
    var totals =
        new UsageTotals(3, 200, 50, 1, Optional.of(Instant.ofEpochMilli(1_795_262_400_000L)));

    var content = UsageFile.write(Map.of(AccountId.token("uid-1"), totals));

    assertThat(new String(content, UTF_8)).isEqualTo(LINE);
    assertThat(UsageFile.read(content)).isEqualTo(Map.of(AccountId.token("uid-1"), totals));
  }

  @Test
  void accountThatWasNeverUsedHasNoMoment() {
    var recorded = Map.of(AccountId.EVERYTHING, UsageTotals.NONE);

    var content = UsageFile.write(recorded);

    assertThat(new String(content, UTF_8)).isEqualTo("[\"EVERYTHING\",\"\",0,0,0,0,null]\n");
    assertThat(UsageFile.read(content)).isEqualTo(recorded);
  }

  /** A session token's subject is any text, and JSON lets it hold half of a surrogate pair. */
  @Test
  void idOfAnyCharactersIsWrittenInAscii() {
    var recorded = Map.of(AccountId.token("backend/\ud800\"\n😀"), UsageTotals.NONE);

    var content = UsageFile.write(recorded);

    assertThat(content).asString(US_ASCII).isEqualTo(new String(content, UTF_8));
    assertThat(UsageFile.read(content)).isEqualTo(recorded);
  }

  @Test
  void emptyFileHasNothingRecorded() {
    assertThat(UsageFile.read(new byte[0])).isEmpty();
    assertThat(UsageFile.write(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usage",
        "{}",
        "null",
        "7",
        "\"TOKEN\"",
        "[]",
        "[[]]",
        "[\"TOKEN\"]",
        "[\"NOBODY\",\"uid-1\",3,200,50,1,0]",
        "[7,\"uid-1\",3,200,50,1,0]",
        "[null,\"uid-1\",3,200,50,1,0]",
        "[\"TOKEN\",7,3,200,50,1,0]",
        "[\"TOKEN\",null,3,200,50,1,0]",
        "[\"TOKEN\",\"uid-1\",\"3\",200,50,1,0]",
        "[\"TOKEN\",\"uid-1\",-3,200,50,1,0]",
        "[\"TOKEN\",\"uid-1\",3.5,200,50,1,0]",
        "[\"TOKEN\",\"uid-1\",99999999999999999999,200,50,1,0]",
        "[\"TOKEN\",\"uid-1\",3,200,50,1]",
        "[\"TOKEN\",\"uid-1\",3,200,50,1,0,0]",
        "[\"TOKEN\",\"uid-1\",3,200,50,1,0",
        "[\"TOKEN\",\"uid-1\",3,200,50,1,\"noon\"]",
        LINE + LINE,
        LINE + "{}",
        LINE + "\u0000\u0000\u0000",
      })
  void anythingElseIsRefusedWhole(String content) {
    assertThatThrownBy(() -> UsageFile.read(content.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("This is no usage file of Keyfront, or it is damaged");
  }
}
