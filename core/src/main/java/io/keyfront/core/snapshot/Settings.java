package io.keyfront.core.snapshot;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.money.BundledPrices;
import io.keyfront.core.money.PriceTable;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.SessionIssuer;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is not a credential, a token or an alias.
 *
 * @param issuers who may sign session tokens; none: JWTs are refused
 * @param admin who may sign admin JWTs for {@code GET /usage}; absent: the path answers 403
 * @param trustedHops how many proxies stand in front, for the client's address
 * @param prices what models cost
 * @param defaultLimits of tokens that have none of their own, each limit by itself
 * @param webhooks who is told of what happens, each with a name of its own
 * @param authorities whose signatures make a caller a MachineToken
 */
public record Settings(
    List<SessionIssuer> issuers,
    Optional<AdminIssuer> admin,
    int trustedHops,
    PriceTable prices,
    Limits defaultLimits,
    List<Webhook> webhooks,
    Authorities authorities) {
  public static final Settings DEFAULT =
      new Settings(List.of(), Optional.empty(), 0, BundledPrices.table());

  /**
   * @throws IllegalArgumentException when the number of hops is negative
   */
  public Settings {
    issuers = List.copyOf(issuers);
    webhooks = List.copyOf(webhooks);
    if (trustedHops < 0) {
      throw new IllegalArgumentException(
          "trustedHops is " + trustedHops + ": give the number of proxies in front, 0 or more.");
    }
  }

  /** Without authorities. */
  public Settings(
      List<SessionIssuer> issuers,
      Optional<AdminIssuer> admin,
      int trustedHops,
      PriceTable prices,
      Limits defaultLimits,
      List<Webhook> webhooks) {
    this(issuers, admin, trustedHops, prices, defaultLimits, webhooks, Authorities.NONE);
  }

  /** Without default limits, webhooks and authorities. */
  public Settings(
      List<SessionIssuer> issuers,
      Optional<AdminIssuer> admin,
      int trustedHops,
      PriceTable prices) {
    this(issuers, admin, trustedHops, prices, Limits.NONE, List.of());
  }

  public Settings withTrustedHops(int hops) {
    return new Settings(issuers, admin, hops, prices, defaultLimits, webhooks, authorities);
  }

  public Settings withDefaultLimits(Limits limits) {
    return new Settings(issuers, admin, trustedHops, prices, limits, webhooks, authorities);
  }

  public Settings withPrices(PriceTable other) {
    return new Settings(issuers, admin, trustedHops, other, defaultLimits, webhooks, authorities);
  }

  public Settings withWebhooks(List<Webhook> others) {
    return new Settings(issuers, admin, trustedHops, prices, defaultLimits, others, authorities);
  }

  public Settings withAuthorities(Authorities others) {
    return new Settings(issuers, admin, trustedHops, prices, defaultLimits, webhooks, others);
  }
}
