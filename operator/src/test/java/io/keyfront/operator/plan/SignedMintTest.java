package io.keyfront.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.compiler.Rotation;
import io.keyfront.core.session.MintedClaims;
import io.keyfront.core.token.TokenHash;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.MintedSecret.Previous;
import io.keyfront.operator.observe.ObjectName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is decided about the Secret of a token whose plaintexts are signed. */
class SignedMintTest {
  private static final Instant MINTED = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant END = MINTED.plus(Duration.ofDays(30));
  private static final TokenHash HASH = TokenHash.of("ey.fake.one");
  private static final TokenHash OTHER = TokenHash.of("ey.fake.two");
  private static final Rotation DAILY = new Rotation(Duration.ofHours(24), Duration.ofHours(8));
  private static final Set<String> KEYS = Set.of("key-1", "key-2");

  @Test
  void firstPlaintextNamesTheEndOfItsToken() {
    MintStep step = MintPlanner.decide(until(END, Optional.empty()), MINTED);

    assertThat(step)
        .isEqualTo(new MintStep.Mint(Optional.empty(), Optional.empty(), Optional.of(END)));
  }

  @Test
  void rotatedPlaintextNamesItsOwnEnd() {
    MintStep step = MintPlanner.decide(daily(Optional.empty()), MINTED);

    assertThat(step)
        .isEqualTo(
            new MintStep.Mint(
                Optional.empty(),
                Optional.empty(),
                Optional.of(MINTED.plus(Duration.ofHours(24)))));
  }

  @Test
  void nothingIsMintedWithoutAKeyOrBeforeTheEndIsKnown() {
    var noKey = new MintPlanner.Signing(Set.of(), Optional.of(END));
    var noEnd = new MintPlanner.Signing(KEYS, Optional.empty());

    assertThat(MintPlanner.decide(facts(Optional.empty(), Optional.empty(), noKey), MINTED))
        .isEqualTo(new MintStep.Wait());
    assertThat(MintPlanner.decide(facts(Optional.empty(), Optional.empty(), noEnd), MINTED))
        .isEqualTo(new MintStep.Wait());
  }

  @Test
  void plaintextOfAKeyThatIsGoneIsMintedAnewAndNotKeptInForce() {
    MintedSecret secret = secret("key-0", END, Optional.empty());

    assertThat(MintPlanner.decide(until(END, Optional.of(secret)), MINTED.plusSeconds(60)))
        .isEqualTo(new MintStep.Mint(Optional.of(secret), Optional.empty(), Optional.of(END)));
  }

  @Test
  void plaintextOfAnOlderKeyThatIsStillPublishedStays() {
    MintedSecret secret = secret("key-2", END, Optional.empty());

    assertThat(MintPlanner.decide(until(END, Optional.of(secret)), MINTED.plusSeconds(60)))
        .isEqualTo(new MintStep.Keep());
  }

  @Test
  void rotationIsDueBeforeTheEndThatThePlaintextNamesAndTheOldOneStaysForTheSkewBeyondIt() {
    Instant named = MINTED.plus(Duration.ofHours(20)); // its token was given a longer ttl since
    MintedSecret secret = secret("key-1", named, Optional.empty());
    var facts = daily(Optional.of(secret));
    Instant due = MINTED.plus(Duration.ofHours(12));

    assertThat(MintPlanner.decide(facts, due.minusSeconds(1))).isEqualTo(new MintStep.Keep());
    assertThat(MintPlanner.nextChange(facts)).contains(due);
    assertThat(MintPlanner.decide(facts, due))
        .isEqualTo(
            new MintStep.Mint(
                Optional.of(secret),
                Optional.of(new Previous(HASH, named.plusSeconds(30), Optional.of("key-1"))),
                Optional.of(due.plus(Duration.ofHours(24)))));
  }

  @Test
  void laterEndOfTheTokenIsNamedByANewPlaintextBesideTheOldOne() {
    MintedSecret secret = secret("key-1", END, Optional.empty());
    Instant later = END.plus(Duration.ofDays(30));

    assertThat(MintPlanner.decide(until(later, Optional.of(secret)), MINTED.plusSeconds(60)))
        .isEqualTo(
            new MintStep.Mint(
                Optional.of(secret),
                Optional.of(new Previous(HASH, END.plusSeconds(30), Optional.of("key-1"))),
                Optional.of(later)));
  }

  @Test
  void earlierEndOfTheTokenNeedsNoNewPlaintextAsProxiesReadItFromTheToken() {
    MintedSecret secret = secret("key-1", END, Optional.empty());
    Instant earlier = END.minus(Duration.ofDays(10));

    assertThat(MintPlanner.decide(until(earlier, Optional.of(secret)), MINTED.plusSeconds(60)))
        .isEqualTo(new MintStep.Keep());
  }

  @Test
  void fractionOfASecondThatClaimsCannotNameIsNoLaterEnd() {
    MintedSecret secret = secret("key-1", END, Optional.empty());

    assertThat(MintPlanner.decide(until(END.plusMillis(900), Optional.of(secret)), MINTED))
        .isEqualTo(new MintStep.Keep());
  }

  @Test
  void secondExtensionWaitsForTheEndOfThePlaintextBefore() {
    Previous before = new Previous(OTHER, END.minus(Duration.ofDays(5)), Optional.of("key-2"));
    MintedSecret secret = secret("key-1", END, Optional.of(before));
    Instant later = END.plus(Duration.ofDays(30));

    assertThat(MintPlanner.decide(until(later, Optional.of(secret)), MINTED.plusSeconds(60)))
        .isEqualTo(new MintStep.Keep());
    assertThat(MintPlanner.decide(until(later, Optional.of(secret)), before.ends()))
        .isInstanceOf(MintStep.Mint.class);
  }

  @Test
  void proxiesAreToldTheEndOfARotatedOneWithTheSkewThatItsClaimsHave() {
    Instant end = MINTED.plus(Duration.ofHours(24));
    Previous before = new Previous(OTHER, MINTED.plusSeconds(90), Optional.of("key-2"));

    assertThat(Rotations.ends(secret("key-1", end, Optional.of(before)), DAILY))
        .containsOnly(
            Map.entry(HASH, end.plusSeconds(30)), Map.entry(OTHER, MINTED.plusSeconds(90)));
  }

  private static MintPlanner.Facts until(Instant end, Optional<MintedSecret> secret) {
    return facts(secret, Optional.empty(), new MintPlanner.Signing(KEYS, Optional.of(end)));
  }

  private static MintPlanner.Facts daily(Optional<MintedSecret> secret) {
    return facts(secret, Optional.of(DAILY), new MintPlanner.Signing(KEYS, Optional.empty()));
  }

  private static MintPlanner.Facts facts(
      Optional<MintedSecret> secret, Optional<Rotation> rotation, MintPlanner.Signing signing) {
    return new MintPlanner.Facts("uid", true, false, secret, rotation, Optional.of(signing));
  }

  private static MintedSecret secret(String key, Instant named, Optional<Previous> previous) {
    return new MintedSecret(
        new ObjectName("team", "ci"),
        "secret-uid",
        "7",
        "uid",
        "ci",
        Optional.of(HASH),
        Optional.of(HASH),
        previous,
        Optional.of(MINTED),
        true,
        Optional.of(new MintedClaims(key, named)));
  }
}
