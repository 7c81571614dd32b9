package io.keyfront.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.desk.Validity;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.token.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TokenBookProperties {
  @Provide
  Arbitrary<TokenBook> books() {
    Arbitrary<Map<TokenName, StoredToken>> tokens =
        tokens()
            .list()
            .ofMaxSize(5)
            .map(
                list ->
                    list.stream()
                        .collect(
                            Collectors.toMap(StoredToken::name, Function.identity(), (a, b) -> a)));
    Arbitrary<Map<TokenName, Instant>> seen = Arbitraries.maps(names(), moments()).ofMaxSize(3);
    return Combinators.combine(tokens, seen, moments().optional()).as(TokenBook::new);
  }

  private static Arbitrary<TokenName> names() {
    Arbitrary<String> words = Arbitraries.strings().withCharRange('a', 'z').ofLength(3);
    return Combinators.combine(words, words).as(TokenName::new);
  }

  private static Arbitrary<Instant> moments() {
    return Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
  }

  private static Arbitrary<Limits> limits() {
    Arbitrary<OptionalLong> rates = optional(Limits.MOST_PER_MINUTE);
    Arbitrary<Optional<Budget>> budgets =
        Combinators.combine(
                Arbitraries.longs().between(0, Amount.MOST),
                optional(Amount.MOST),
                Arbitraries.of(Window.values()),
                Arbitraries.of(OnLedgerLoss.DENY, OnLedgerLoss.ALLOW))
            .as(
                (usd, tokens, window, loss) ->
                    new Budget(OptionalLong.of(usd), tokens, window, loss))
            .optional();
    return Combinators.combine(budgets, rates, rates, rates).as(Limits::new);
  }

  private static Arbitrary<OptionalLong> optional(long most) {
    return Arbitraries.longs()
        .between(0, most)
        .optional()
        .map(value -> value.map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }

  private static Arbitrary<StoredToken> tokens() {
    Arbitrary<TokenSpec> specs =
        Combinators.combine(
                Arbitraries.strings().ofMaxLength(20),
                Arbitraries.maps(
                        Arbitraries.strings().alpha().ofLength(3),
                        Arbitraries.strings().ofMaxLength(5))
                    .ofMaxSize(2),
                limits())
            .as(
                (note, labels, limits) ->
                    new TokenSpec(
                        Scope.of(List.of("openai:*", "mock")),
                        CidrSet.of(List.of("10.0.0.0/8")),
                        note,
                        labels,
                        limits));
    Arbitrary<Optional<Validity>> lives =
        moments().map(at -> new Validity(at, Duration.ofMinutes(5))).optional();
    return Combinators.combine(names(), specs, moments(), lives, moments().optional())
        .as(
            (name, spec, created, life, revoked) ->
                new StoredToken(
                    name,
                    TokenHash.of(name.toString()),
                    "kf_fake…0000",
                    spec,
                    created,
                    life,
                    revoked));
  }

  @Property(tries = 60)
  void bookComesBackAsItWasWritten(@ForAll("books") TokenBook book) {
    assertThat(TokenBookJson.read(TokenBookJson.write(book))).isEqualTo(book);
  }

  @Property(tries = 60)
  void everyCutIsRefusedAndNeverReadAsAnotherBook(@ForAll("books") TokenBook book) {
    byte[] whole = TokenBookJson.write(book);

    for (int length = 0; length < whole.length; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> TokenBookJson.read(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property(tries = 500)
  void anyBytesAreABookOrRefused(@ForAll byte[] content) {
    assertThatThrownBy(() -> TokenBookJson.read(content))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
