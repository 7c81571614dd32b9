package io.keyfront.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.console.desk.BudgetPatch;
import io.keyfront.console.desk.Change;
import io.keyfront.console.desk.Expiry;
import io.keyfront.console.desk.LimitsPatch;
import io.keyfront.console.desk.MintedToken;
import io.keyfront.console.desk.Origin;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenPatch;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.desk.TokenStatus;
import io.keyfront.console.desk.Validity;
import io.keyfront.console.fault.AdminRefused;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.core.token.TokenMint;
import io.keyfront.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTokenDeskTest {
  private static final TokenName AGENT = TokenName.parse("agent");
  private static final TokenName DECLARED = TokenName.parse("declared");
  private static final TokenName DEMO = TokenName.parse("demo");
  private static final TokenSpec SPEC =
      new TokenSpec(
          Scope.of(List.of("mock:*")),
          CidrSet.of(List.of("127.0.0.1")),
          "a note",
          Map.of("team", "search"),
          Limits.of(
              new Budget(
                  OptionalLong.of(50_000_000),
                  OptionalLong.empty(),
                  Window.DAY,
                  OnLedgerLoss.DENY)));

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
  private final TokenMint mint = new TokenMint(new SecureRandom());
  private final List<TokenRecord> declared = new ArrayList<>();
  private final List<TokenBook> inForce = new ArrayList<>();
  private Home home;
  private HomeTokenDesk desk;

  @BeforeEach
  void open() throws IOException {
    home = Home.open(folder, Optional.empty(), new SecureRandom());
    desk =
        new HomeTokenDesk(
            home,
            mint,
            clock,
            () -> List.copyOf(declared),
            () -> inForce.add(home.tokens().book()));
  }

  @AfterEach
  void close() throws IOException {
    home.close();
  }

  private void declare(TokenName name, Origin origin) {
    declared.add(
        new TokenRecord(
            name,
            "account",
            TokenFormat.OPAQUE,
            Optional.empty(),
            Optional.empty(),
            SPEC,
            false,
            clock.instant(),
            Optional.empty(),
            origin));
  }

  @Test
  void createdTokenIsStoredByItsHashAndInForceWhenItIsAnswered() throws IOException {
    MintedToken made = desk.create(AGENT, SPEC, new Expiry.In(Duration.ofHours(1)));

    StoredToken stored = inForce.getLast().token(AGENT).orElseThrow();
    assertThat(stored.hash()).isEqualTo(TokenHash.of(made.plaintext().reveal()));
    assertThat(Files.readString(folder.resolve("tokens.json")))
        .contains(stored.hash().hex())
        .doesNotContain(made.plaintext().reveal());
    assertThat(made.token().validity().orElseThrow().expiresAt()).isEqualTo("2026-11-21T13:00:00Z");
  }

  @Test
  void tokensSurviveARestart() throws IOException {
    TokenRecord made = desk.create(AGENT, SPEC, new Expiry.Never()).token();
    home.close();

    open();

    assertThat(desk.find(AGENT)).contains(made);
  }

  @Test
  void nameOfARevokedOrDeclaredTokenIsTaken() {
    desk.create(AGENT, SPEC, new Expiry.Never());
    desk.revoke(AGENT);
    declare(DECLARED, new Origin.File("a.yaml:1"));

    for (TokenName name : List.of(AGENT, DECLARED)) {
      assertThatThrownBy(() -> desk.create(name, SPEC, new Expiry.Never()))
          .isInstanceOf(AdminRefused.class)
          .hasMessageContaining("Choose another name");
    }
  }

  @Test
  void revokedTokenIsRevokedInForceAndForGood() {
    desk.create(AGENT, SPEC, new Expiry.Never());

    TokenRecord revoked = desk.revoke(AGENT);

    assertThat(revoked.status(clock.instant())).isEqualTo(TokenStatus.REVOKED);
    assertThat(inForce.getLast().token(AGENT).flatMap(StoredToken::revokedAt))
        .contains(clock.instant());
    TokenPatch patch =
        new TokenPatch(
            Optional.empty(),
            Optional.of(new Expiry.Never()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            LimitsPatch.NONE);
    assertThatThrownBy(() -> desk.edit(AGENT, patch)).hasMessageContaining("for good");
    assertThat(desk.revoke(AGENT)).isEqualTo(revoked);
  }

  @Test
  void editedExpiryCountsFromTheEdit() {
    desk.create(AGENT, SPEC, new Expiry.In(Duration.ofHours(1)));
    clock.advance(Duration.ofMinutes(30));
    TokenPatch patch =
        new TokenPatch(
            Optional.empty(),
            Optional.of(new Expiry.In(Duration.ofHours(2))),
            Optional.empty(),
            Optional.of("other"),
            Optional.empty(),
            LimitsPatch.NONE);

    TokenRecord edited = desk.edit(AGENT, patch);

    assertThat(edited.validity().orElseThrow().expiresAt()).isEqualTo("2026-11-21T14:30:00Z");
    assertThat(edited.spec().note()).isEqualTo("other");
    assertThat(edited.spec().scope()).isEqualTo(SPEC.scope());
    assertThat(edited.spec().limits()).isEqualTo(SPEC.limits());
  }

  @Test
  void editThatWouldLeaveABudgetWithoutALimitChangesNothing() {
    desk.create(AGENT, SPEC.limited(Limits.NONE), new Expiry.Never());
    inForce.clear();

    assertThatThrownBy(() -> desk.edit(AGENT, limits(onlyWindow())))
        .isInstanceOf(AdminRefused.class)
        .hasMessageContaining("budget has no limit");

    assertThat(inForce).isEmpty();
  }

  @Test
  void takenAwayBudgetIsTakenOutOfForce() {
    desk.create(AGENT, SPEC, new Expiry.Never());

    desk.edit(AGENT, limits(BudgetPatch.REMOVE));

    assertThat(inForce.getLast().token(AGENT).orElseThrow().spec().limits()).isEqualTo(Limits.NONE);
  }

  private static BudgetPatch onlyWindow() {
    return new BudgetPatch(
        new Change.Keep<>(),
        new Change.Keep<>(),
        new Change.Become<>(Window.HOUR),
        new Change.Keep<>());
  }

  private static TokenPatch limits(BudgetPatch budget) {
    return new TokenPatch(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new LimitsPatch(new Change.Keep<>(), new Change.Keep<>(), new Change.Keep<>(), budget));
  }

  @Test
  void copyHasItsOwnSecretAndTheSameLengthOfLife() {
    MintedToken original = desk.create(AGENT, SPEC, new Expiry.In(Duration.ofHours(1)));
    clock.advance(Duration.ofDays(1));

    MintedToken copy = desk.copy(AGENT, TokenName.parse("twin"));

    assertThat(copy.plaintext()).isNotEqualTo(original.plaintext());
    assertThat(copy.token().spec()).isEqualTo(SPEC);
    assertThat(copy.token().validity())
        .contains(new Validity(clock.instant().plus(Duration.ofHours(1)), Duration.ofHours(1)));
  }

  @Test
  void onlyExpiredTokensOfTheApiAreRevokedTogether() {
    desk.create(AGENT, SPEC, new Expiry.In(Duration.ofMinutes(1)));
    desk.create(TokenName.parse("young"), SPEC, new Expiry.In(Duration.ofHours(1)));
    clock.advance(Duration.ofMinutes(2));

    assertThat(desk.revokeExpired()).containsExactly(AGENT);
    assertThat(desk.revokeExpired()).isEmpty();
  }

  @Test
  void declaredTokenIsChangedInItsFile() {
    declare(DECLARED, new Origin.File("a.yaml:7"));

    assertThatThrownBy(() -> desk.revoke(DECLARED))
        .isInstanceOf(AdminRefused.class)
        .hasMessageContaining("a.yaml:7")
        .hasMessageContaining("spec.revoked: true");
    assertThat(inForce).isEmpty();
  }

  @Test
  void declaredTokenTakesThePlaceOfOneOfTheApi() {
    desk.create(AGENT, SPEC, new Expiry.Never());
    declare(AGENT, new Origin.File("a.yaml:7"));

    assertThat(desk.list())
        .extracting(TokenRecord::origin)
        .containsExactly(new Origin.File("a.yaml:7"));
  }

  @Test
  void demoTokenCanBeRevokedButNotEdited() {
    declare(DEMO, new Origin.Demo());

    desk.revoke(DEMO);

    assertThat(inForce.getLast().demoRevokedAt()).contains(clock.instant());
    TokenPatch patch =
        new TokenPatch(
            Optional.of(Scope.ALL),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            LimitsPatch.NONE);
    assertThatThrownBy(() -> desk.edit(DEMO, patch)).hasMessageContaining("demo token");
  }

  @Test
  void plaintextOfDeclaredTokensIsKeptThatOfOthersIsNot() {
    declare(DECLARED, new Origin.File("a.yaml:7"));
    desk.create(AGENT, SPEC, new Expiry.Never());
    var kept = home.keepTokens(Set.of(DECLARED), true, mint);

    assertThat(desk.reveal(DECLARED)).isEqualTo(kept.get(DECLARED));
    assertThatThrownBy(() -> desk.reveal(AGENT)).hasMessageContaining("clone it");
  }

  @Test
  void adoptedTokenIsNotRevealed() {
    declare(DECLARED, new Origin.File("a.yaml:7"));

    assertThatThrownBy(() -> desk.reveal(DECLARED)).hasMessageContaining("tokenFrom");
  }

  @Test
  void changeThatCannotBeStoredChangesNothing() throws IOException {
    Path tokens = folder.resolve("tokens.json");
    Files.createDirectories(tokens.resolve("in-the-way"));

    assertThatThrownBy(() -> desk.create(AGENT, SPEC, new Expiry.Never()))
        .isInstanceOf(AdminRefused.class)
        .hasMessageContaining("nothing has changed");

    assertThat(desk.list()).isEmpty();
    assertThat(inForce).isEmpty();
  }
}
