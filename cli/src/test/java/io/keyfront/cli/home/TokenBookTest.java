package io.keyfront.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.desk.Validity;
import io.keyfront.console.fault.AdminRefused;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TokenBookTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final TokenHash HASH = TokenHash.of("kf_fake");

  private static StoredToken token(String name, Optional<Instant> expiresAt) {
    return new StoredToken(
        TokenName.parse(name),
        HASH,
        "kf_…",
        TokenSpec.of(Scope.ALL),
        NOW,
        expiresAt.map(at -> new Validity(at, Duration.ofHours(1))),
        Optional.empty());
  }

  private static TokenBook full() {
    Map<TokenName, StoredToken> tokens = new TreeMap<>();
    for (int i = 0; i < TokenBook.LIMIT; i++) {
      StoredToken token = token("t" + i, Optional.empty());
      tokens.put(token.name(), token);
    }
    return new TokenBook(tokens, Map.of(), Optional.empty());
  }

  @Test
  void fullBookRefusesWhileAllItsTokensWork() {
    TokenBook book = full();

    assertThatThrownBy(() -> book.added(token("more", Optional.empty()), NOW))
        .isInstanceOf(AdminRefused.class)
        .hasMessageContaining("at most 10000");
  }

  @Test
  void tokenThatIsOverLongestMakesRoom() {
    TokenBook book =
        full()
            .changed(TokenName.parse("t7"), token -> token.revoked(NOW.minusSeconds(5)))
            .changed(TokenName.parse("t8"), token -> token("t8", Optional.of(NOW.minusSeconds(9))));

    TokenBook next = book.added(token("more", Optional.empty()), NOW);

    assertThat(next.tokens()).hasSize(TokenBook.LIMIT);
    assertThat(next.tokens()).doesNotContainKey(TokenName.parse("t8"));
    assertThat(next.tokens()).containsKeys(TokenName.parse("t7"), TokenName.parse("more"));
  }

  @Test
  void revokedTwiceKeepsTheFirstMoment() {
    StoredToken revoked = token("a", Optional.empty()).revoked(NOW);

    assertThat(revoked.revoked(NOW.plusSeconds(9)).revokedAt()).contains(NOW);
  }

  @Test
  void firstSeenStaysTheFirst() {
    TokenName name = TokenName.parse("declared");
    TokenBook book = TokenBook.EMPTY.seen(Set.of(name), true, NOW);

    assertThat(book.seen(Set.of(name), true, NOW.plusSeconds(60)).firstSeen())
        .containsEntry(name, NOW);
  }

  @Test
  void whatIsMissingFromAnIncompleteSetIsNotForgotten() {
    TokenName name = TokenName.parse("declared");
    TokenBook book = TokenBook.EMPTY.seen(Set.of(name), true, NOW);

    assertThat(book.seen(Set.of(), false, NOW).firstSeen()).containsKey(name);
    assertThat(book.seen(Set.of(), true, NOW).firstSeen()).isEmpty();
  }
}
