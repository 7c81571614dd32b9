package io.keyfront.dataplane;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.money.BundledPrices;
import io.keyfront.core.money.PriceOverride;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.provider.Stopping;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.scope.Target;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Builds snapshots for tests, a step at a time. */
final class Snapshots {
  static final SecretText JWT_SECRET = SecretText.of("fake-secret-of-more-than-32-bytes-for-tests");
  static final SecretText ADMIN_SECRET = SecretText.of("fake-admin-secret-of-more-than-32-bytes");

  private final Map<TokenHash, TokenPolicy> tokens = new LinkedHashMap<>();
  private final List<Credential> credentials = new ArrayList<>();
  private final List<AliasRule> aliases = new ArrayList<>();
  private final Map<String, Provider> providers = new LinkedHashMap<>(ProviderCatalog.builtIn());
  private Settings settings = Settings.DEFAULT;

  Snapshots token(String plaintext, String... scopes) {
    return token(plaintext, CidrSet.ANY, Optional.empty(), false, scopes);
  }

  Snapshots token(
      String plaintext,
      CidrSet cidrs,
      Optional<Instant> expiresAt,
      boolean revoked,
      String... scopes) {
    TokenHash hash = TokenHash.of(plaintext);
    Identity identity =
        new Identity(
            "uid-" + hash.prefix(),
            "default",
            "token-" + tokens.size(),
            TokenFormat.OPAQUE,
            Scope.of(List.of(scopes)),
            expiresAt,
            cidrs,
            Limits.NONE,
            Optional.empty());
    tokens.put(hash, new TokenPolicy(identity, revoked));
    return this;
  }

  /** The policy of a signed token, filed under its stand-in. */
  Snapshots signed(
      TokenFormat format,
      TokenHash standIn,
      String account,
      Optional<Instant> end,
      boolean revoked) {
    Identity identity =
        new Identity(
            account,
            "team",
            "agent",
            format,
            Scope.of(List.of("*")),
            end,
            CidrSet.ANY,
            Limits.NONE,
            Optional.empty());
    tokens.put(standIn, new TokenPolicy(identity, revoked));
    return this;
  }

  Snapshots authorities(Authorities authorities) {
    settings = settings.withAuthorities(authorities);
    return this;
  }

  /** A token with limits. */
  Snapshots limited(String plaintext, Limits limits, String... scopes) {
    TokenHash hash = TokenHash.of(plaintext);
    Identity identity =
        new Identity(
            "uid-" + hash.prefix(),
            "default",
            "token-" + tokens.size(),
            TokenFormat.OPAQUE,
            Scope.of(List.of(scopes)),
            Optional.empty(),
            CidrSet.ANY,
            limits,
            Optional.empty());
    tokens.put(hash, new TokenPolicy(identity, false));
    return this;
  }

  /** Another plaintext of a token that is there already, as a rotation makes one. */
  Snapshots rotated(String plaintext, String next) {
    tokens.put(TokenHash.of(next), Objects.requireNonNull(tokens.get(TokenHash.of(plaintext))));
    return this;
  }

  /** A key for a provider of the catalog, at another endpoint. */
  Snapshots key(String provider, URI endpoint, String key) {
    return key(provider, "env-" + provider, endpoint, key, 0);
  }

  Snapshots key(String provider, String name, URI endpoint, String key, int priority) {
    credentials.add(
        new Credential(
            new CredentialId("default", name),
            provider,
            Optional.of(endpoint),
            new Credential.Auth.ApiKey(SecretText.of(key)),
            priority,
            1,
            List.of(),
            NamespaceRule.ALL,
            Limits.NONE));
    return this;
  }

  /** The key added last has an end. */
  Snapshots endingAt(Instant end) {
    credentials.add(credentials.removeLast().endingAt(end));
    return this;
  }

  Snapshots provider(String name, URI endpoint, Protocol protocol) {
    providers.put(name, ProviderCatalog.custom(name, endpoint, protocol));
    return this;
  }

  /** A provider that stops on reset. */
  Snapshots stopping(String name, Stopping word) {
    providers.computeIfPresent(name, (same, provider) -> provider.withStopping(word));
    return this;
  }

  /** What may go through a provider, over all tokens. */
  Snapshots providerLimits(String name, Limits limits) {
    providers.computeIfPresent(name, (same, provider) -> provider.withLimits(limits));
    return this;
  }

  Snapshots alias(String model, String provider, String target) {
    aliases.add(
        new AliasRule(
            "default",
            "alias-" + aliases.size(),
            true,
            Glob.of(model),
            Optional.empty(),
            List.of(
                new AliasRule.Target(
                    provider, target.isEmpty() ? Optional.empty() : Optional.of(target), 1, 0))));
    return this;
  }

  /** An alias whose targets follow each other in priority. */
  Snapshots aliasInTurn(String model, Target... targets) {
    List<AliasRule.Target> inTurn = new ArrayList<>();
    for (Target target : targets) {
      inTurn.add(
          new AliasRule.Target(target.provider(), Optional.of(target.model()), 1, inTurn.size()));
    }
    aliases.add(
        new AliasRule(
            "default", "in-turn", true, Glob.of(model), Optional.empty(), List.copyOf(inTurn)));
    return this;
  }

  Snapshots sessions() {
    return issuers(
        new SessionIssuer(
            "environment", Set.of(SessionIssuer.DEFAULT_AUDIENCE), JWT_SECRET, "default"));
  }

  Snapshots issuers(SessionIssuer... issuers) {
    settings =
        new Settings(
            List.of(issuers),
            Optional.of(new AdminIssuer(Set.of(AdminIssuer.DEFAULT_AUDIENCE), ADMIN_SECRET)),
            settings.trustedHops(),
            settings.prices(),
            settings.defaultLimits(),
            settings.webhooks());
    return this;
  }

  Snapshots trustedHops(int hops) {
    settings = settings.withTrustedHops(hops);
    return this;
  }

  /** Of tokens that have none of their own. */
  Snapshots defaultLimits(Limits limits) {
    settings = settings.withDefaultLimits(limits);
    return this;
  }

  /** Beside the bundled table's. */
  Snapshots prices(PriceOverride... overrides) {
    settings = settings.withPrices(BundledPrices.table().withOverrides(List.of(overrides)));
    return this;
  }

  Snapshot build() {
    return new Snapshot("test", tokens, credentials, aliases, providers, settings);
  }
}
