package io.keyfront.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.session.KeyRing;
import io.keyfront.core.session.SigningKey;
import io.keyfront.operator.observe.SigningSecret.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyPlannerTest {
  private static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);
  private static final SigningKey FIRST = SigningKey.make(SigningKey.Kind.ES256, MADE);
  private static final SigningKey SECOND = SigningKey.make(SigningKey.Kind.ES256, MADE.plus(MONTH));
  private static final KeyRing ONE = KeyRing.of(FIRST);
  private static final KeyRing TWO = ONE.with(SECOND);

  @Test
  void keyIsMadeOnceATokenNeedsIt() {
    assertThat(decide(Optional.empty(), false, Set.of(), MADE)).isEqualTo(new KeyStep.Keep());
    assertThat(decide(Optional.empty(), true, Set.of(), MADE))
        .isEqualTo(new KeyStep.Begin(Optional.empty()));
  }

  @Test
  void garbageIsReplacedByAKey() {
    Seen garbage = new Seen("uid", "7", Optional.empty());

    assertThat(decide(Optional.of(garbage), true, Set.of(), MADE))
        .isEqualTo(new KeyStep.Begin(Optional.of(garbage)));
  }

  @Test
  void keyIsFollowedByAnotherAfterItsLifetimeWhileTokensAreSigned() {
    Instant due = MADE.plus(MONTH);

    assertThat(decide(seen(ONE), true, Set.of(), due.minusSeconds(1)))
        .isEqualTo(new KeyStep.Keep());
    assertThat(decide(seen(ONE), true, Set.of(), due))
        .isEqualTo(new KeyStep.Rotate(seen(ONE).orElseThrow(), ONE));
    assertThat(decide(seen(ONE), false, Set.of(), due)).isEqualTo(new KeyStep.Keep());
  }

  @Test
  void replacedKeyStaysWhileSomethingLivesThatItSignedAndGoesAfterwards() {
    Instant later = MADE.plus(MONTH).plus(Duration.ofDays(1));

    assertThat(decide(seen(TWO), true, Set.of(FIRST.kid()), later)).isEqualTo(new KeyStep.Keep());
    assertThat(decide(seen(TWO), true, Set.of(SECOND.kid()), later))
        .isInstanceOfSatisfying(
            KeyStep.Retire.class,
            retire -> assertThat(retire.left().kids()).containsExactly(SECOND.kid()));
  }

  @Test
  void keyThatSignedUntilAMomentAgoStaysThoughNothingOfItWasSeen() {
    Instant justReplaced = MADE.plus(MONTH).plus(Duration.ofMinutes(6));

    assertThat(decide(seen(TWO), true, Set.of(), justReplaced)).isEqualTo(new KeyStep.Keep());
    assertThat(decide(seen(TWO), true, Set.of(), justReplaced.plus(Duration.ofMinutes(4))))
        .isInstanceOf(KeyStep.Retire.class);
  }

  @Test
  void newestKeyNeverGoes() {
    assertThat(decide(seen(ONE), false, Set.of(), MADE.plus(Duration.ofDays(900))))
        .isEqualTo(new KeyStep.Keep());
  }

  @Test
  void fullRingGetsNoMoreKeys() {
    KeyRing full = ONE;
    Instant made = MADE;
    while (!full.isFull()) {
      made = made.plusSeconds(1);
      full = full.with(SigningKey.make(SigningKey.Kind.ED25519, made));
    }

    assertThat(decide(seen(full), true, full.kids(), made.plus(MONTH)))
        .isEqualTo(new KeyStep.Keep());
  }

  @Test
  void newKeyIsPublishedBeforeItSigns() {
    Duration lead = KeyPlanner.publishedFirst(MONTH);
    Instant made = MADE.plus(MONTH);

    assertThat(TWO.signer(made.plusSeconds(299), lead).kid()).isEqualTo(FIRST.kid());
    assertThat(TWO.signer(made.plusSeconds(300), lead).kid()).isEqualTo(SECOND.kid());
    assertThat(ONE.signer(MADE, lead).kid()).as("there is no other").isEqualTo(FIRST.kid());
    assertThat(KeyPlanner.publishedFirst(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(6));
  }

  private static KeyStep decide(
      Optional<Seen> seen, boolean needed, Set<String> inUse, Instant now) {
    return KeyPlanner.decide(new KeyPlanner.Facts(seen, needed, () -> inUse, MONTH), now);
  }

  private static Optional<Seen> seen(KeyRing ring) {
    return Optional.of(new Seen("uid", "7", Optional.of(ring)));
  }
}
