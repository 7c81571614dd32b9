package io.keyfront.cli.home;

import io.keyfront.console.desk.Expiry;
import io.keyfront.console.desk.MintedToken;
import io.keyfront.console.desk.Origin;
import io.keyfront.console.desk.TokenDesk;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenPatch;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.desk.Validity;
import io.keyfront.console.fault.CallFault;
import io.keyfront.console.fault.TokenFault;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenHash;
import io.keyfront.core.token.TokenMint;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The tokens of a standalone server: those of the admin API, of the resource files, the demo. */
public final class HomeTokenDesk implements TokenDesk {
  private final Home home;
  private final TokenMint mint;
  private final InstantSource clock;
  private final Supplier<List<TokenRecord>> declared;
  private final Runnable takeEffect;

  /**
   * @param declared the tokens of the resource files and the demo, as they are in force
   * @param takeEffect puts the stored tokens in force in the running proxy before it returns
   */
  public HomeTokenDesk(
      Home home,
      TokenMint mint,
      InstantSource clock,
      Supplier<List<TokenRecord>> declared,
      Runnable takeEffect) {
    this.home = home;
    this.mint = mint;
    this.clock = clock;
    this.declared = declared;
    this.takeEffect = takeEffect;
  }

  /** Finer times would only be noise in lists. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public List<TokenRecord> list() {
    return List.copyOf(byName().values());
  }

  @Override
  public Optional<TokenRecord> find(TokenName name) {
    return Optional.ofNullable(byName().get(name));
  }

  /** A declared token takes the place of one of the same name that the API made. */
  private Map<TokenName, TokenRecord> byName() {
    Map<TokenName, TokenRecord> tokens = new TreeMap<>();
    home.tokens().book().tokens().forEach((name, token) -> tokens.put(name, token.record()));
    declared.get().forEach(token -> tokens.put(token.name(), token));
    return tokens;
  }

  private TokenRecord existing(TokenName name) {
    return find(name).orElseThrow(() -> new TokenFault.UnknownToken(name).refused());
  }

  @Override
  public MintedToken create(TokenName name, TokenSpec spec, Expiry expiry) {
    Instant now = now();
    return minted(name, spec, expiry.from(now), now);
  }

  @Override
  public MintedToken copy(TokenName source, TokenName copy) {
    TokenRecord original = existing(source);
    Instant now = now();
    Optional<Duration> length = original.validity().map(Validity::length);
    return minted(
        copy, original.spec(), length.map(span -> new Validity(now.plus(span), span)), now);
  }

  private MintedToken minted(
      TokenName name, TokenSpec spec, Optional<Validity> validity, Instant now) {
    if (find(name).isPresent()) {
      throw new TokenFault.NameTaken(name).refused();
    }
    SecretText plaintext = mint.mint();
    StoredToken token =
        new StoredToken(
            name,
            TokenHash.of(plaintext.reveal()),
            TokenMint.masked(plaintext),
            spec,
            now,
            validity,
            Optional.empty());
    change(book -> book.added(token, now));
    return new MintedToken(token.record(), plaintext);
  }

  @Override
  public TokenRecord edit(TokenName name, TokenPatch patch) {
    requireOwn(existing(name), "edit it");
    Instant now = now();
    return changed(
        name,
        token -> {
          if (token.revokedAt().isPresent()) {
            throw new TokenFault.RevokedForGood(name).refused();
          }
          Optional<Validity> validity =
              patch.expiry().map(expiry -> expiry.from(now)).orElse(token.validity());
          return token.with(token.spec().patched(patch), validity);
        });
  }

  @Override
  public TokenRecord revoke(TokenName name) {
    TokenRecord token = existing(name);
    Instant now = now();
    if (token.origin() instanceof Origin.Demo) {
      change(book -> book.demoRevoked(now));
      return existing(name);
    }
    requireOwn(token, "set spec.revoked: true");
    return changed(name, stored -> stored.revoked(now));
  }

  @Override
  public List<TokenName> revokeExpired() {
    Instant now = now();
    List<TokenName> expired =
        home.tokens().book().tokens().values().stream()
            .filter(token -> token.revokedAt().isEmpty() && token.isOver(now))
            .map(StoredToken::name)
            .toList();
    if (!expired.isEmpty()) {
      change(book -> book.revoked(expired, now));
    }
    return expired;
  }

  @Override
  public SecretText reveal(TokenName name) {
    TokenRecord token = existing(name);
    String instead =
        switch (token.origin()) {
          case Origin.Api() -> "It was shown once, when it was made: clone it to get a new one.";
          case Origin.File(String place) ->
              "It comes from the Secret that tokenFrom names in " + place + ".";
          case Origin.Demo() -> "Restart the server: it makes a new one.";
        };
    return Optional.of(token)
        .filter(known -> !(known.origin() instanceof Origin.Api))
        .flatMap(known -> home.keptToken(known.name()))
        .orElseThrow(() -> new TokenFault.NotKept(name, instead).refused());
  }

  private static void requireOwn(TokenRecord token, String instead) {
    switch (token.origin()) {
      case Origin.Api() -> {}
      case Origin.File(String place) ->
          throw new TokenFault.ManagedByFile(token.name(), place, instead).refused();
      case Origin.Demo() -> throw new TokenFault.ManagedByKeyfront(token.name()).refused();
    }
  }

  private TokenRecord changed(TokenName name, UnaryOperator<StoredToken> change) {
    change(book -> book.changed(name, change));
    return existing(name);
  }

  private void change(UnaryOperator<TokenBook> change) {
    try {
      home.tokens().change(change);
    } catch (UncheckedIOException notStored) {
      throw new CallFault.NotStored("the home folder cannot be written to. Look at its disk.")
          .refused();
    }
    takeEffect.run();
  }
}
