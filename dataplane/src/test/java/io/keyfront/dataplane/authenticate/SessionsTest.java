package io.keyfront.dataplane.authenticate;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.SessionClaims;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.SessionTokens;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant END = NOW.plusSeconds(60);
  private static final SecretText SECRET =
      SecretText.of("fake-secret-of-more-than-32-bytes-for-tests");
  private static final Snapshot SNAPSHOT =
      new Snapshot(
          "test",
          Map.of(),
          List.of(),
          List.of(),
          ProviderCatalog.builtIn(),
          new Settings(
              List.of(
                  new SessionIssuer(
                      "backend", Set.of(SessionIssuer.DEFAULT_AUDIENCE), SECRET, "default")),
              Optional.empty(),
              0,
              Settings.DEFAULT.prices(),
              Settings.DEFAULT.defaultLimits(),
              Settings.DEFAULT.webhooks()));

  private final Sessions sessions = new Sessions();

  private static String token(String subject) {
    return SessionTokens.mint(
        new SessionClaims(subject, "openai", "env-openai", OptionalLong.empty(), END),
        SessionIssuer.DEFAULT_AUDIENCE,
        SECRET,
        NOW);
  }

  private Sessions.Outcome look(String token, Instant now) {
    return sessions.look(token, TokenHash.of(token), SNAPSHOT, now);
  }

  @Test
  void rememberedTokenIsRefusedFromItsEndOn() {
    String token = token("workspace-1");
    assertThat(look(token, NOW)).isInstanceOf(Sessions.Outcome.Known.class);
    assertThat(sessions.remembered()).isEqualTo(1);

    assertThat(look(token, END.minusMillis(1))).isInstanceOf(Sessions.Outcome.Known.class);
    assertThat(look(token, END))
        .isEqualTo(new Sessions.Outcome.Unknown(new AuthFault.ExpiredToken(END)));
  }

  @Test
  void noMoreThanTheBoundAreRememberedAndThoseForgottenAreVerifiedAgain() {
    String first = token("workspace-0");
    assertThat(look(first, NOW)).isInstanceOf(Sessions.Outcome.Known.class);

    for (int i = 1; i <= Sessions.MAX_REMEMBERED; i++) {
      assertThat(look(token("workspace-" + i), NOW)).isInstanceOf(Sessions.Outcome.Known.class);
    }

    assertThat(sessions.remembered()).isEqualTo(Sessions.MAX_REMEMBERED);
    assertThat(look(first, NOW)).isInstanceOf(Sessions.Outcome.Known.class);
  }

  @Test
  void tokenThatIsRefusedIsNotRemembered() {
    String token = token("workspace-1");

    assertThat(look(token + "x", NOW)).isInstanceOf(Sessions.Outcome.Unknown.class);
    assertThat(look(token, END)).isInstanceOf(Sessions.Outcome.Unknown.class);
    assertThat(sessions.remembered()).isZero();
  }
}
