package io.keyfront.console.http;

import io.keyfront.console.desk.Expiry;
import io.keyfront.console.desk.MintedToken;
import io.keyfront.console.desk.Origin;
import io.keyfront.console.desk.TokenDesk;
import io.keyfront.console.desk.TokenName;
import io.keyfront.console.desk.TokenPatch;
import io.keyfront.console.desk.TokenRecord;
import io.keyfront.console.desk.TokenSpec;
import io.keyfront.console.desk.TokenStatus;
import io.keyfront.console.desk.Validity;
import io.keyfront.console.fault.TokenFault;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.core.token.TokenMint;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A desk that forgets, with plaintexts {@code kf_fake-1…}, {@code kf_fake-2…}. */
final class MemoryDesk implements TokenDesk {
  private final InstantSource clock;
  private final Map<TokenName, TokenRecord> tokens = new ConcurrentSkipListMap<>();
  private final AtomicInteger minted = new AtomicInteger();

  MemoryDesk(InstantSource clock) {
    this.clock = clock;
  }

  void add(TokenRecord token) {
    tokens.put(token.name(), token);
  }

  @Override
  public List<TokenRecord> list() {
    return List.copyOf(tokens.values());
  }

  @Override
  public Optional<TokenRecord> find(TokenName name) {
    return Optional.ofNullable(tokens.get(name));
  }

  @Override
  public MintedToken create(TokenName name, TokenSpec spec, Expiry expiry) {
    return mint(name, spec, expiry.from(clock.instant()));
  }

  private MintedToken mint(TokenName name, TokenSpec spec, Optional<Validity> validity) {
    if (tokens.containsKey(name)) {
      throw new TokenFault.NameTaken(name).refused();
    }
    SecretText plaintext =
        SecretText.of("kf_fake-" + minted.incrementAndGet() + "-" + "0".repeat(35));
    TokenRecord token =
        new TokenRecord(
            name,
            "account-of-" + name,
            TokenFormat.OPAQUE,
            Optional.of(TokenMint.masked(plaintext)),
            Optional.of(TokenHash.of(plaintext.reveal()).prefix()),
            spec,
            false,
            clock.instant(),
            validity,
            new Origin.Api());
    add(token);
    return new MintedToken(token, plaintext);
  }

  @Override
  public TokenRecord edit(TokenName name, TokenPatch patch) {
    TokenRecord old = existing(name);
    Optional<Validity> validity =
        patch.expiry().map(expiry -> expiry.from(clock.instant())).orElse(old.validity());
    return replaced(old, old.spec().patched(patch), old.revoked(), validity);
  }

  @Override
  public TokenRecord revoke(TokenName name) {
    TokenRecord old = existing(name);
    return replaced(old, old.spec(), true, old.validity());
  }

  private TokenRecord existing(TokenName name) {
    return find(name).orElseThrow(() -> new TokenFault.UnknownToken(name).refused());
  }

  private TokenRecord replaced(
      TokenRecord old, TokenSpec spec, boolean revoked, Optional<Validity> validity) {
    TokenRecord token =
        new TokenRecord(
            old.name(),
            old.account(),
            old.format(),
            old.masked(),
            old.hashPrefix(),
            spec,
            revoked,
            old.createdAt(),
            validity,
            old.origin());
    add(token);
    return token;
  }

  @Override
  public MintedToken copy(TokenName source, TokenName copy) {
    TokenRecord original = existing(source);
    return mint(copy, original.spec(), original.validity());
  }

  @Override
  public SecretText reveal(TokenName name) {
    if (existing(name).origin() instanceof Origin.Api) {
      throw new TokenFault.NotKept(name, "Clone it.").refused();
    }
    return SecretText.of("kf_fake-revealed");
  }

  @Override
  public List<TokenName> revokeExpired() {
    List<TokenName> expired =
        list().stream()
            .filter(token -> token.status(clock.instant()) == TokenStatus.EXPIRED)
            .map(TokenRecord::name)
            .toList();
    expired.forEach(this::revoke);
    return expired;
  }
}
