package io.keyfront.dataplane.authenticate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.session.SessionClaims;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.SessionTokens;
import io.keyfront.core.session.SessionVerdict;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Verifies session tokens and remembers the good ones, by hash, until they expire. */
public final class Sessions {
  static final int MAX_REMEMBERED = 10_000;

  private static final int MAX_TOKEN_LENGTH = 8 << 10;

  private final Cache<TokenHash, Verified> verified =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  /** A verified token, and the settings under which it was: others make it unknown again. */
  private record Verified(
      List<SessionIssuer> issuers, Limits defaults, Identity identity, Instant expiresAt) {
    boolean isUnder(Settings settings) {
      return issuers.equals(settings.issuers()) && defaults.equals(settings.defaultLimits());
    }
  }

  /** Whether a credential is known. */
  public sealed interface Outcome {
    /** It is, and it is alive. */
    record Known(Identity identity) implements Outcome {}

    /** It is, if the cluster still vouches for it. */
    record Claimed(Identity identity, Vouching.Question question) implements Outcome {}

    /** It is not. */
    record Unknown(Fault fault) implements Outcome {}
  }

  /** How many are remembered now. */
  long remembered() {
    verified.cleanUp();
    return verified.estimatedSize();
  }

  static boolean looksSigned(String token) {
    int first = token.indexOf('.');
    return first > 0 && token.indexOf('.', first + 1) > first && token.length() <= MAX_TOKEN_LENGTH;
  }

  Outcome look(String token, TokenHash hash, Snapshot snapshot, Instant now) {
    Settings settings = snapshot.settings();
    Verified known = verified.getIfPresent(hash);
    if (known != null && known.isUnder(settings)) {
      return known.expiresAt().isAfter(now)
          ? new Outcome.Known(known.identity())
          : new Outcome.Unknown(new AuthFault.ExpiredToken(known.expiresAt()));
    }
    return switch (SessionTokens.verify(token, settings.issuers(), now)) {
      case SessionVerdict.Invalid(String reason) ->
          new Outcome.Unknown(new AuthFault.InvalidToken(reason));
      case SessionVerdict.Expired(Instant at) ->
          new Outcome.Unknown(new AuthFault.ExpiredToken(at));
      case SessionVerdict.Valid(SessionIssuer issuer, SessionClaims claims) ->
          accepted(hash, settings, issuer, claims);
    };
  }

  private Outcome accepted(
      TokenHash hash, Settings settings, SessionIssuer issuer, SessionClaims claims) {
    Limits defaults = settings.defaultLimits();
    Identity identity = identity(issuer, claims, limits(claims).orElse(defaults));
    verified.put(hash, new Verified(settings.issuers(), defaults, identity, claims.expiresAt()));
    return new Outcome.Known(identity);
  }

  /** The claim counts against the account of the issuer's subject, however many tokens it has. */
  private static Limits limits(SessionClaims claims) {
    return claims.budget().isEmpty()
        ? Limits.NONE
        : Limits.of(
            new Budget(
                OptionalLong.empty(),
                OptionalLong.of(Math.min(claims.budget().getAsLong(), Amount.MOST)),
                Window.TOTAL,
                OnLedgerLoss.DENY));
  }

  private static Identity identity(SessionIssuer issuer, SessionClaims claims, Limits limits) {
    return new Identity(
        issuer.name() + "/" + claims.subject(),
        issuer.namespace(),
        claims.subject(),
        TokenFormat.JWT,
        Scope.of(List.of(claims.provider(), Provider.MOCK)),
        Optional.of(claims.expiresAt()),
        CidrSet.ANY,
        limits,
        Optional.of(new Identity.Pin(claims.provider(), claims.credentialId())));
  }
}
