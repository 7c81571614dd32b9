package io.keyfront.dataplane.authenticate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.SignedCaller;
import io.keyfront.core.session.SignedTokens;
import io.keyfront.core.session.SignedVerdict;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.Optional;

/**
 * Verifies tokens that a public key signed and remembers the good ones, by hash, until they end.
 * Only the signature is remembered: what the token may do is read from the snapshot of each call,
 * so a MachineToken that was revoked or is gone refuses at once, and so does a token of it that was
 * replaced.
 */
public final class Signatures {
  static final int MAX_REMEMBERED = 10_000;

  private final Cache<TokenHash, Verified> verified =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  /** A verified token, and the authorities under which it was: others make it unknown again. */
  private record Verified(Authorities authorities, SignedCaller caller) {}

  /** Whom a token speaks for; empty where it is not of ours, so that others may know it. */
  Optional<Sessions.Outcome> look(String token, TokenHash hash, Snapshot snapshot, Instant now) {
    Authorities authorities = snapshot.settings().authorities();
    if (authorities.equals(Authorities.NONE)) {
      return Optional.empty();
    }
    Verified known = verified.getIfPresent(hash);
    if (known != null && known.authorities().equals(authorities)) {
      return Optional.of(of(known.caller(), hash, snapshot, now));
    }
    return switch (SignedTokens.verify(token, authorities, now)) {
      case SignedVerdict.Foreign() -> Optional.empty();
      case SignedVerdict.Genuine(SignedCaller caller) -> {
        verified.put(hash, new Verified(authorities, caller));
        yield Optional.of(of(caller, hash, snapshot, now));
      }
      case SignedVerdict.Expired(Instant at) -> no(new AuthFault.ExpiredToken(at));
      case SignedVerdict.NotForUs(String audience) -> no(new AuthFault.WrongAudience(audience));
      case SignedVerdict.Invalid(String reason) -> no(new AuthFault.InvalidToken(reason));
    };
  }

  private static Optional<Sessions.Outcome> no(AuthFault fault) {
    return Optional.of(new Sessions.Outcome.Unknown(fault));
  }

  private static Sessions.Outcome of(
      SignedCaller caller, TokenHash hash, Snapshot snapshot, Instant now) {
    if (SignedTokens.isOver(caller.expiresAt(), now)) {
      return new Sessions.Outcome.Unknown(new AuthFault.ExpiredToken(caller.expiresAt()));
    }
    return switch (caller) {
      case SignedCaller.OfMachineToken token ->
          snapshot
              .signedToken(hash)
              .filter(policy -> isOf(policy, token))
              .map(policy -> judged(policy, caller, now))
              .orElseGet(() -> new Sessions.Outcome.Unknown(new AuthFault.RevokedToken()));
      case SignedCaller.OfServiceAccount account ->
          snapshot
              .tokenOfServiceAccount(account.namespace(), account.name())
              .map(policy -> judged(policy, caller, now))
              .orElseGet(
                  () ->
                      new Sessions.Outcome.Unknown(
                          new AuthFault.UnknownServiceAccount(
                              account.namespace(), account.name())));
    };
  }

  private static boolean isOf(TokenPolicy policy, SignedCaller.OfMachineToken token) {
    return policy.identity().account().equals(token.uid())
        && policy.identity().namespace().equals(token.namespace())
        && policy.identity().name().equals(token.name());
  }

  private static Sessions.Outcome judged(TokenPolicy policy, SignedCaller caller, Instant now) {
    return switch (Policies.judged(policy, now)) {
      case Sessions.Outcome.Known(Identity identity) ->
          new Sessions.Outcome.Known(identity.endingBy(caller.expiresAt()));
      case Sessions.Outcome.Unknown unknown -> unknown;
    };
  }
}
