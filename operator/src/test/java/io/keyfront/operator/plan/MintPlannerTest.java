package io.keyfront.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.Rotation;
import io.keyfront.core.token.TokenHash;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.MintedSecret.Previous;
import io.keyfront.operator.observe.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MintPlannerTest {
  private static final Instant MINTED = Instant.parse("2026-11-01T00:00:00Z");
  private static final TokenHash HASH = TokenHash.of("kf_fake");
  private static final TokenHash OTHER = TokenHash.of("kf_fake_other");
  private static final Rotation DAILY = new Rotation(Duration.ofHours(24), Duration.ofHours(8));

  @Test
  void tokenWithoutASecretIsMinted() {
    MintStep step = decide(facts(Optional.empty(), Optional.empty()), MINTED);

    assertThat(step).isEqualTo(new MintStep.Mint(Optional.empty(), Optional.empty()));
  }

  @Test
  void revokedTokenIsNotMintedAnew() {
    var facts = new MintPlanner.Facts("uid", true, true, Optional.empty(), Optional.empty());

    assertThat(decide(facts, MINTED)).isEqualTo(new MintStep.Keep());
  }

  @Test
  void tokenThatIsAdoptedOrWrongGetsNoSecret() {
    var facts = new MintPlanner.Facts("uid", false, false, Optional.empty(), Optional.empty());

    assertThat(decide(facts, MINTED)).isEqualTo(new MintStep.Keep());
  }

  @Test
  void secretOfAnotherTokenIsLeftAlone() {
    MintedSecret theirs = secret("another", HASH, Optional.empty(), true);

    assertThat(decide(facts(Optional.of(theirs), Optional.empty()), MINTED))
        .isInstanceOf(MintStep.Leave.class);
  }

  @Test
  void plaintextThatIsNotTheNotedOneIsReplacedAndNotKeptInForce() {
    MintedSecret edited = secret("uid", OTHER, Optional.empty(), true);

    assertThat(decide(facts(Optional.of(edited), Optional.empty()), MINTED))
        .isEqualTo(new MintStep.Mint(Optional.of(edited), Optional.empty()));
  }

  @Test
  void secretThatLacksAKeyIsWrittenAgainAroundItsPlaintext() {
    MintedSecret partial = secret("uid", HASH, Optional.empty(), false);

    assertThat(decide(facts(Optional.of(partial), Optional.empty()), MINTED))
        .isEqualTo(new MintStep.Heal(partial, Optional.empty()));
  }

  @Test
  void rotationIsDueSoLongBeforeTheEndAndTheOldOneStaysUntilThen() {
    MintedSecret secret = secret("uid", HASH, Optional.empty(), true);
    var facts = facts(Optional.of(secret), Optional.of(DAILY));
    Instant due = MINTED.plus(Duration.ofHours(16));

    assertThat(decide(facts, due.minusSeconds(1))).isEqualTo(new MintStep.Keep());
    assertThat(MintPlanner.nextChange(facts)).contains(due);
    assertThat(decide(facts, due))
        .isEqualTo(
            new MintStep.Mint(
                Optional.of(secret),
                Optional.of(new Previous(HASH, MINTED.plus(Duration.ofHours(24))))));
  }

  @Test
  void plaintextThatEndedWhileNobodyLookedIsReplacedAtOnce() {
    MintedSecret secret = secret("uid", HASH, Optional.empty(), true);

    assertThat(
            decide(facts(Optional.of(secret), Optional.of(DAILY)), MINTED.plus(Duration.ofDays(3))))
        .isEqualTo(new MintStep.Mint(Optional.of(secret), Optional.empty()));
  }

  @Test
  void plaintextThatWasRotatedOutGoesAtItsEnd() {
    Previous old = new Previous(OTHER, MINTED.plus(Duration.ofHours(8)));
    MintedSecret secret = secret("uid", HASH, Optional.of(old), true);
    var facts = facts(Optional.of(secret), Optional.of(DAILY));

    assertThat(secret.hashes(old.ends().minusSeconds(1))).containsExactly(HASH, OTHER);
    assertThat(secret.hashes(old.ends())).containsExactly(HASH);
    assertThat(decide(facts, old.ends().minusSeconds(1))).isEqualTo(new MintStep.Keep());
    assertThat(decide(facts, old.ends())).isEqualTo(new MintStep.Heal(secret, Optional.empty()));
  }

  @Test
  void thirdPlaintextWaitsUntilTheFirstHasEnded() {
    Rotation wide = new Rotation(Duration.ofHours(24), Duration.ofHours(20));
    Previous old = new Previous(OTHER, MINTED.plus(Duration.ofHours(20)));
    MintedSecret secret = secret("uid", HASH, Optional.of(old), true);

    assertThat(
            decide(facts(Optional.of(secret), Optional.of(wide)), MINTED.plus(Duration.ofHours(5))))
        .isEqualTo(new MintStep.Keep());
    assertThat(MintPlanner.nextChange(facts(Optional.of(secret), Optional.of(wide))))
        .as("not at four, when it would be due")
        .contains(old.ends());
  }

  @Test
  void plaintextOfAClockThatWasAheadIsFollowedNowAndEndsAfterTheOverlap() {
    MintedSecret secret = secret("uid", HASH, Optional.empty(), true);
    Instant now = MINTED.minus(Duration.ofDays(365));

    assertThat(decide(facts(Optional.of(secret), Optional.of(DAILY)), now))
        .isEqualTo(
            new MintStep.Mint(
                Optional.of(secret), Optional.of(new Previous(HASH, now.plus(DAILY.before())))));
    assertThat(decide(facts(Optional.of(secret), Optional.empty()), now))
        .as("one that does not rotate lives as long as its token, whenever it was minted")
        .isEqualTo(new MintStep.Keep());
  }

  @Test
  void clocksOfTwoOperatorsThatDifferByMinutesChangeNothing() {
    MintedSecret secret = secret("uid", HASH, Optional.empty(), true);

    assertThat(
            decide(
                facts(Optional.of(secret), Optional.of(DAILY)),
                MINTED.minus(Duration.ofMinutes(5))))
        .isEqualTo(new MintStep.Keep());
  }

  private static MintStep decide(MintPlanner.Facts facts, Instant now) {
    return MintPlanner.decide(facts, now);
  }

  private static MintPlanner.Facts facts(
      Optional<MintedSecret> secret, Optional<Rotation> rotation) {
    return new MintPlanner.Facts("uid", true, false, secret, rotation);
  }

  private static MintedSecret secret(
      String owner, TokenHash token, Optional<Previous> previous, boolean whole) {
    return new MintedSecret(
        new ObjectName("team", "ci"),
        "secret-uid",
        "7",
        owner,
        "ci",
        Optional.of(token),
        Optional.of(HASH),
        previous,
        Optional.of(MINTED),
        whole,
        Optional.empty());
  }
}
