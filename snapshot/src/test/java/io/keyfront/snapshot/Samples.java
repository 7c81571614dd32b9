package io.keyfront.snapshot;

import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.BundledPrices;
import io.keyfront.core.money.ListedPrices;
import io.keyfront.core.money.PriceList;
import io.keyfront.core.money.PriceOverride;
import io.keyfront.core.money.ServiceTier;
import io.keyfront.core.money.TokenKind;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.provider.Stopping;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.PublicKeys;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.TokenAuthority;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** One part of each kind, in which every field says something. */
final class Samples {
  private static final Limits LIMITS =
      Limits.of(
              new Budget(
                  OptionalLong.of(5_000_000_000L),
                  OptionalLong.of(200_000),
                  Window.DAY,
                  OnLedgerLoss.LEASE))
          .withRequestsPerMinute(60)
          .withTokensPerMinute(10_000)
          .withConcurrency(4);

  private Samples() {}

  static Part.Base base() {
    Map<String, Provider> providers = new LinkedHashMap<>();
    providers.put(
        "anthropic", builtIn("anthropic").withStopping(new Stopping(500)).withLimits(LIMITS));
    providers.put("mock", builtIn("mock"));
    AliasRule alias =
        new AliasRule(
            "team-a",
            "fast",
            false,
            Glob.of("gpt-*"),
            Optional.of("openai"),
            List.of(
                new AliasRule.Target("anthropic", Optional.of("claude-haiku-4-5"), 2, 1),
                new AliasRule.Target("mock", Optional.empty(), 1, 2)));
    return new Part.Base(providers, List.of(alias), settings());
  }

  private static Provider builtIn(String name) {
    return Objects.requireNonNull(ProviderCatalog.builtIn().get(name));
  }

  private static Settings settings() {
    PriceOverride price =
        new PriceOverride(
            Optional.of("openai"),
            Glob.of("gpt-*"),
            PriceList.flat(listed(3_000_000, 15_000_000)),
            OptionalLong.of(10_000_000_000L),
            1_000,
            OptionalInt.of(200_000),
            OptionalInt.of(8_192),
            true);
    PriceOverride tiered =
        new PriceOverride(
            Optional.of("gemini"),
            Glob.of("*"),
            new PriceList(
                listed(1_250_000, 10_000_000),
                Map.of(200_000L, listed(2_500_000, 15_000_000)),
                Map.of(
                    ServiceTier.PRIORITY,
                    listed(2_250_000, 18_000_000),
                    ServiceTier.FLEX,
                    listed(625_000, 5_000_000))),
            OptionalLong.empty(),
            0,
            OptionalInt.empty(),
            OptionalInt.empty(),
            false);
    Webhook webhook =
        new Webhook(
            "ops",
            URI.create("https://hooks.example/fake"),
            SecretText.of("fake-webhook-secret"),
            List.of(Glob.of("budget.*")),
            List.of(50, 100),
            true);
    return new Settings(
        List.of(
            new SessionIssuer(
                "relay",
                Set.of("b", "a"),
                SecretText.of("fake-session-secret-of-32-bytes!"),
                "team-a")),
        Optional.of(
            new AdminIssuer(Set.of("admin"), SecretText.of("fake-admin-secret-of-32-bytes-ok"))),
        1,
        BundledPrices.table().withOverrides(List.of(price, tiered)),
        Limits.NONE.withConcurrency(8),
        List.of(webhook),
        new Authorities(
            Optional.of(TokenAuthority.keyfront(KEYS)),
            Optional.of(new TokenAuthority("https://cluster.example", Set.of("keyfront"), KEYS))));
  }

  private static ListedPrices listed(long input, long output) {
    return new ListedPrices(Map.of(TokenKind.INPUT, input, TokenKind.OUTPUT, output));
  }

  static Part.OneCredential credential() {
    return new Part.OneCredential(
        new Credential(
            new CredentialId("team-a", "anthropic"),
            "anthropic",
            Optional.of(URI.create("https://llm.example/base")),
            new Credential.Auth.ApiKey(SecretText.of("sk-fake-0001")),
            10,
            3,
            List.of(Glob.of("claude-*")),
            new NamespaceRule(false, Set.of("team-b", "team-a")),
            LIMITS));
  }

  /** The public key of RFC 7517's first example, with a kid of ours. */
  static final PublicKeys KEYS =
      PublicKeys.parse(
          """
          {"keys":[{"kty":"EC","crv":"P-256","kid":"one",\
          "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",\
          "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}
          """);

  static final String ACCOUNT = "0d9a4a52-7d5f-4a5e-9f5a-1d5c2f7d0001";

  static TokenHash hash() {
    return TokenHash.of("kf_fake-token");
  }

  static Part.Tokens tokens() {
    return tokens(false);
  }

  static Part.Tokens tokens(boolean revoked) {
    return new Part.Tokens(Parts.shardOf(ACCOUNT), Map.of(hash(), policy(ACCOUNT, revoked)));
  }

  static TokenPolicy policy(String account, boolean revoked) {
    return new TokenPolicy(
        new Identity(
            account,
            "team-a",
            "ci",
            TokenFormat.OPAQUE,
            Scope.of(List.of("anthropic:claude-*", "mock")),
            Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
            CidrSet.of(List.of("10.0.0.0/8")),
            LIMITS,
            Optional.of(new Identity.Pin("anthropic", "anthropic"))),
        revoked);
  }
}
