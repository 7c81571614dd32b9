package io.keyfront.cli.home;

import io.keyfront.console.desk.TokenName;
import io.keyfront.console.fault.AdminRefused;
import io.keyfront.console.fault.TokenFault;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Everything about tokens that must outlive the server; changed by making a new one.
 *
 * @param tokens those of the admin API, by name; at most {@link #LIMIT}
 * @param firstSeen when each token that a resource file declares was first seen: its ttl runs from
 *     then
 * @param demoRevokedAt when the demo token was revoked
 */
public record TokenBook(
    Map<TokenName, StoredToken> tokens,
    Map<TokenName, Instant> firstSeen,
    Optional<Instant> demoRevokedAt) {
  /** The most tokens of the admin API. */
  public static final int LIMIT = 10_000;

  /** A new home's. */
  public static final TokenBook EMPTY = new TokenBook(Map.of(), Map.of(), Optional.empty());

  public TokenBook {
    tokens = Collections.unmodifiableMap(new TreeMap<>(tokens));
    firstSeen = Collections.unmodifiableMap(new TreeMap<>(firstSeen));
  }

  /** The token of the admin API that has this name. */
  public Optional<StoredToken> token(TokenName name) {
    return Optional.ofNullable(tokens.get(name));
  }

  /**
   * This book with one more token. Where it is full, the token that is over for the longest time
   * makes room.
   *
   * @throws AdminRefused when the name is taken, or the book is full of tokens that work
   */
  public TokenBook added(StoredToken token, Instant now) {
    if (tokens.containsKey(token.name())) {
      throw new TokenFault.NameTaken(token.name()).refused();
    }
    Map<TokenName, StoredToken> more = new TreeMap<>(tokens);
    if (more.size() >= LIMIT) {
      more.remove(longestOver(now));
    }
    more.put(token.name(), token);
    return with(more);
  }

  private TokenName longestOver(Instant now) {
    return tokens.values().stream()
        .filter(token -> token.isOver(now))
        .min(Comparator.comparing(StoredToken::overSince))
        .map(StoredToken::name)
        .orElseThrow(() -> new TokenFault.TooMany(LIMIT).refused());
  }

  /**
   * This book with one of its tokens changed.
   *
   * @throws AdminRefused when there is no such token
   */
  public TokenBook changed(TokenName name, UnaryOperator<StoredToken> change) {
    StoredToken token = token(name).orElseThrow(() -> new TokenFault.UnknownToken(name).refused());
    Map<TokenName, StoredToken> other = new TreeMap<>(tokens);
    other.put(name, change.apply(token));
    return with(other);
  }

  /** This book with several of its tokens revoked. */
  public TokenBook revoked(Collection<TokenName> names, Instant now) {
    Map<TokenName, StoredToken> other = new TreeMap<>(tokens);
    names.forEach(name -> other.computeIfPresent(name, (same, token) -> token.revoked(now)));
    return with(other);
  }

  /**
   * This book, with a first-seen time for every declared token.
   *
   * @param declared the tokens that the resource files declare now
   * @param complete whether every file could be read, so that what is missing is really gone and is
   *     forgotten
   */
  public TokenBook seen(Set<TokenName> declared, boolean complete, Instant now) {
    Map<TokenName, Instant> times = new TreeMap<>(firstSeen);
    declared.forEach(name -> times.putIfAbsent(name, now));
    if (complete) {
      times.keySet().retainAll(declared);
    }
    return times.equals(firstSeen) ? this : new TokenBook(tokens, times, demoRevokedAt);
  }

  public TokenBook demoRevoked(Instant now) {
    return demoRevokedAt.isPresent() ? this : new TokenBook(tokens, firstSeen, Optional.of(now));
  }

  private TokenBook with(Map<TokenName, StoredToken> other) {
    return new TokenBook(other, firstSeen, demoRevokedAt);
  }
}
