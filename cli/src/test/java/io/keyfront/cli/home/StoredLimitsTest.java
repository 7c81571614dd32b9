package io.keyfront.cli.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredLimitsTest {
  private static final TokenName NAME = TokenName.parse("a");

  private static String stored(Limits limits) {
    StoredToken token =
        new StoredToken(
            NAME,
            TokenHash.of("kf_fake"),
            "kf_…",
            TokenSpec.of(Scope.ALL).limited(limits),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty());
    return new String(
        TokenBookJson.write(new TokenBook(Map.of(NAME, token), Map.of(), Optional.empty())), UTF_8);
  }

  private static Limits read(String book) {
    return TokenBookJson.read(book.getBytes(UTF_8)).token(NAME).orElseThrow().spec().limits();
  }

  @Test
  void tokenOfABookWithoutLimitsHasNone() {
    String book = stored(Limits.NONE);

    assertThat(book).doesNotContain("limits").doesNotContain("budget");
    assertThat(read(book)).isEqualTo(Limits.NONE);
  }

  @Test
  void zeroComesBackAsZeroAndAbsentAsAbsent() {
    Limits nothing =
        Limits.of(
                new Budget(
                    OptionalLong.of(0), OptionalLong.empty(), Window.HOUR, OnLedgerLoss.ALLOW))
            .withConcurrency(0);

    assertThat(read(stored(nothing))).isEqualTo(nothing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"budget\":{\"usd\":\"much\"}",
        "\"budget\":{\"usd\":\"1\",\"window\":\"Year\"}",
        "\"budget\":{\"tokens\":\"1\"}",
        "\"budget\":{}",
        "\"budget\":1",
        "\"limits\":{\"concurrency\":-1}"
      })
  void damagedLimitIsNeverReadAsNone(String damage) {
    String book = stored(Limits.NONE).replace("\"note\"", damage + ",\"note\"");

    assertThatThrownBy(() -> read(book)).isInstanceOf(IllegalArgumentException.class);
  }
}
