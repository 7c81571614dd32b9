package io.keyfront.cli.home;

import io.keyfront.console.desk.Validity;
import io.keyfront.core.notice.Notice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The tokens that the admin API made or revoked lately, as the token book has them: a server that
 * was killed right after finds them again when it is back.
 */
public final class TokenNotices implements Supplier<List<Notice>> {
  /** How far to look back; a webhook that is new hears of no more than that. */
  private static final Duration LATELY = Duration.ofHours(1);

  private final TokenStore tokens;
  private final InstantSource clock;

  public TokenNotices(TokenStore tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public List<Notice> get() {
    Instant since = clock.instant().minus(LATELY);
    List<Notice> found = new ArrayList<>();
    for (StoredToken token : tokens.book().tokens().values()) {
      if (token.createdAt().isAfter(since)) {
        found.add(minted(token));
      }
      token
          .revokedAt()
          .filter(at -> at.isAfter(since))
          .ifPresent(at -> found.add(revoked(token, at)));
    }
    return found;
  }

  private static Notice minted(StoredToken token) {
    return new Notice.TokenMinted(
        token.record().account(),
        token.name().namespace(),
        token.name().name(),
        token.spec().scope().patterns(),
        token.validity().map(Validity::expiresAt),
        token.createdAt());
  }

  private static Notice revoked(StoredToken token, Instant at) {
    return new Notice.TokenRevoked(
        token.record().account(), token.name().namespace(), token.name().name(), at);
  }
}
