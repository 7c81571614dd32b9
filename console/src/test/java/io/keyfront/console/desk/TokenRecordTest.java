package io.keyfront.console.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRecordTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static TokenRecord token(boolean revoked, Optional<Instant> expiresAt) {
    TokenSpec spec =
        new TokenSpec(
            Scope.of(List.of("anthropic:claude-*")),
            CidrSet.ANY,
            "for the Night build",
            Map.of("team", "search"),
            Limits.NONE);
    return new TokenRecord(
        new TokenName("ci", "nightly"),
        "account",
        TokenFormat.OPAQUE,
        Optional.of("kf_AbCd…wxyz"),
        Optional.of("0123456789ab"),
        spec,
        revoked,
        NOW,
        expiresAt.map(at -> new Validity(at, Duration.ofHours(1))),
        new Origin.Api());
  }

  @Test
  void tokenIsReadyUntilTheVeryMomentItExpires() {
    var token = token(false, Optional.of(NOW));

    assertThat(token.status(NOW.minusNanos(1))).isEqualTo(TokenStatus.READY);
    assertThat(token.status(NOW)).isEqualTo(TokenStatus.EXPIRED);
  }

  @Test
  void revokedWinsOverExpired() {
    assertThat(token(true, Optional.of(NOW.minusSeconds(1))).status(NOW))
        .isEqualTo(TokenStatus.REVOKED);
  }

  @Test
  void tokenWithoutEndNeverExpires() {
    assertThat(token(false, Optional.empty()).status(Instant.MAX)).isEqualTo(TokenStatus.READY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"night", "ci/", "CLAUDE", "team=search", "Night Build", "abcd", "0123", " ci "})
  void searchLooksAtNameScopeNoteLabelsAndMaskedForm(String words) {
    assertThat(token(false, Optional.empty()).matches(words)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "team=other", "account"})
  void searchFindsNothingElse(String words) {
    assertThat(token(false, Optional.empty()).matches(words)).isFalse();
  }

  @Test
  void expiryInASpanCountsFromNow() {
    Optional<Validity> validity = new Expiry.In(Duration.ofMinutes(15)).from(NOW);

    assertThat(validity).contains(new Validity(NOW.plusSeconds(900), Duration.ofMinutes(15)));
  }

  @Test
  void expiryAtAMomentRemembersHowLongThatIs() {
    Optional<Validity> validity = new Expiry.At(NOW.plusSeconds(60)).from(NOW);

    assertThat(validity).contains(new Validity(NOW.plusSeconds(60), Duration.ofMinutes(1)));
  }
}
