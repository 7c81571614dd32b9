package io.keyfront.dataplane.authenticate;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A token's end is a moment of the proxy's own clock: nobody asks the operator's. */
class PoliciesTest {
  private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void tokenEndsAtTheMomentItselfByTheClockOfTheProxy() {
    assertThat(judged(END.minusNanos(1))).isInstanceOf(Sessions.Outcome.Known.class);
    assertThat(judged(END))
        .isEqualTo(new Sessions.Outcome.Unknown(new AuthFault.ExpiredToken(END)));
  }

  /** An operator that is an hour behind still calls it Ready: the proxies do not ask. */
  @Test
  void clockThatIsOffMovesTheEndByThatMuchAndNoMore() {
    assertThat(judged(END.plus(Duration.ofHours(1)))).isInstanceOf(Sessions.Outcome.Unknown.class);
    assertThat(judged(END.minus(Duration.ofHours(1)))).isInstanceOf(Sessions.Outcome.Known.class);
  }

  private static Sessions.Outcome judged(Instant now) {
    return Policies.judged(
        new TokenPolicy(
            new Identity(
                "uid",
                "team",
                "ci",
                TokenFormat.OPAQUE,
                Scope.of(List.of("mock")),
                Optional.of(END),
                CidrSet.ANY,
                Limits.NONE,
                Optional.empty()),
            false),
        now);
  }
}
