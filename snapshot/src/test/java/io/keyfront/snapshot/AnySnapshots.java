package io.keyfront.snapshot;

import io.keyfront.core.ledger.Amount;
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
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.provider.Stopping;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.Authorities;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.TokenAuthority;
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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Any snapshot at all, by a seed: every component of every record takes every kind of value. */
final class AnySnapshots {
  /** In every secret, so that a test can look whether one got out. */
  static final String SECRET_MARK = "fakesecret";

  private static final String LETTERS = "ab-z09._ \"\\\n\u00e9\u4e2d\ud83d\ude00\u2028/:*?<&\u0000";

  private final Random random;

  AnySnapshots(long seed) {
    this.random = new Random(seed);
  }

  Snapshot snapshot() {
    Map<TokenHash, TokenPolicy> tokens = new HashMap<>();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      tokens.put(TokenHash.of("token-" + random.nextLong()), policy());
    }
    Map<CredentialId, Credential> credentials = new LinkedHashMap<>();
    for (Credential one : some(this::credential)) {
      credentials.put(one.id(), one);
    }
    return new Snapshot(
        "any",
        tokens,
        credentials.values().stream().sorted(Comparator.comparing(c -> c.id().toString())).toList(),
        some(this::alias),
        providers(),
        settings());
  }

  private Map<String, Provider> providers() {
    Map<String, Provider> all =
        random.nextBoolean() ? ProviderCatalog.builtIn() : new LinkedHashMap<>();
    for (Provider provider : some(this::provider)) {
      all.put(provider.name(), provider);
    }
    return all;
  }

  private Provider provider() {
    Map<Protocol, String> bases = new EnumMap<>(Protocol.class);
    for (Protocol protocol : Protocol.values()) {
      if (random.nextBoolean()) {
        bases.put(protocol, text());
      }
    }
    boolean mock = random.nextInt(8) == 0;
    return new Provider(
        mock ? Provider.MOCK : "p" + text(),
        mock ? Optional.empty() : Optional.of(uri()),
        bases,
        random.nextBoolean(),
        maybe(() -> new Stopping(1 + random.nextLong(Stopping.MOST))),
        limits());
  }

  private AliasRule alias() {
    List<AliasRule.Target> targets = some(this::target);
    return new AliasRule(
        text(),
        text(),
        random.nextBoolean(),
        glob(),
        maybe(this::text),
        targets.isEmpty() ? List.of(target()) : targets);
  }

  private AliasRule.Target target() {
    return new AliasRule.Target(text(), maybe(this::text), 1 + random.nextInt(1000), number());
  }

  private Credential credential() {
    Set<String> names = new HashSet<>(some(this::text));
    return new Credential(
        new CredentialId(text(), text()),
        text(),
        maybe(this::uri),
        new Credential.Auth.ApiKey(secret()),
        number(),
        1 + random.nextInt(Integer.MAX_VALUE),
        some(this::glob),
        new NamespaceRule(random.nextBoolean(), names),
        limits(),
        maybe(() -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))));
  }

  TokenPolicy policy() {
    return new TokenPolicy(
        new Identity(
            "account-" + random.nextInt(200),
            text(),
            text(),
            one(TokenFormat.values()),
            Scope.of(some(() -> one("*", "anthropic", "openai:gpt-*", "a?c:x:y/z"))),
            maybe(
                () ->
                    Instant.ofEpochSecond(
                        random.nextLong(1L << 36), random.nextInt(1_000_000_000))),
            CidrSet.of(some(() -> one("10.0.0.0/8", "192.0.2.7", "2001:db8::/32"))),
            limits(),
            maybe(() -> new Identity.Pin(text(), text()))),
        random.nextBoolean());
  }

  private Settings settings() {
    return new Settings(
        some(() -> new SessionIssuer(text(), audiences(), secret(), text())),
        maybe(() -> new AdminIssuer(audiences(), secret())),
        random.nextInt(1000),
        BundledPrices.table().withOverrides(some(this::price)),
        limits(),
        some(this::webhook),
        new Authorities(maybe(this::authority), maybe(this::authority)));
  }

  private TokenAuthority authority() {
    return new TokenAuthority("issuer " + text(), audiences(), Samples.KEYS);
  }

  private Set<String> audiences() {
    Set<String> audiences = new HashSet<>(some(this::text));
    audiences.add("relay");
    return audiences;
  }

  private PriceOverride price() {
    return new PriceOverride(
        maybe(this::text),
        glob(),
        new PriceList(listed(), longContext(), tiers()),
        random.nextBoolean()
            ? OptionalLong.of(random.nextLong(Long.MAX_VALUE))
            : OptionalLong.empty(),
        random.nextLong(Long.MAX_VALUE),
        maybeInt(),
        maybeInt(),
        random.nextBoolean());
  }

  private ListedPrices listed() {
    Map<TokenKind, Long> listed = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      if (random.nextBoolean()) {
        listed.put(kind, random.nextLong(1_000_000_000_001L));
      }
    }
    return new ListedPrices(listed);
  }

  private Map<Long, ListedPrices> longContext() {
    Map<Long, ListedPrices> steps = new HashMap<>();
    some(this::listed).forEach(prices -> steps.put(1 + random.nextLong(Long.MAX_VALUE), prices));
    return steps;
  }

  private Map<ServiceTier, ListedPrices> tiers() {
    Map<ServiceTier, ListedPrices> tiers = new EnumMap<>(ServiceTier.class);
    some(this::listed)
        .forEach(
            prices ->
                tiers.put(one(ServiceTier.PRIORITY, ServiceTier.FLEX, ServiceTier.BATCH), prices));
    return tiers;
  }

  private Webhook webhook() {
    return new Webhook(
        text(),
        // Two slashes: with one byte changed the mark is still not in the host, which is no secret.
        URI.create("https://hooks.example/path/" + SECRET_MARK + random.nextInt(1000)),
        secret(),
        some(this::glob),
        some(() -> 1 + random.nextInt(100)),
        random.nextBoolean());
  }

  private Limits limits() {
    return random.nextInt(3) == 0
        ? Limits.NONE
        : new Limits(maybe(this::budget), rate(), rate(), rate());
  }

  private Budget budget() {
    boolean both = random.nextBoolean();
    boolean usd = random.nextBoolean();
    return new Budget(
        both || usd ? OptionalLong.of(random.nextLong(Amount.MOST + 1)) : OptionalLong.empty(),
        both || !usd ? OptionalLong.of(random.nextLong(Amount.MOST + 1)) : OptionalLong.empty(),
        one(Window.values()),
        one(OnLedgerLoss.values()));
  }

  private OptionalLong rate() {
    return random.nextBoolean()
        ? OptionalLong.of(random.nextLong(Limits.MOST_PER_MINUTE + 1))
        : OptionalLong.empty();
  }

  private OptionalInt maybeInt() {
    return random.nextBoolean()
        ? OptionalInt.of(1 + random.nextInt(Integer.MAX_VALUE))
        : OptionalInt.empty();
  }

  private SecretText secret() {
    return SecretText.of(SECRET_MARK + "-0123456789012345678901234567890" + text());
  }

  private Glob glob() {
    return Glob.of("g" + text());
  }

  private URI uri() {
    return URI.create("https://host-" + random.nextInt(100) + ".example/base%20path");
  }

  private int number() {
    return random.nextInt(2) == 0 ? random.nextInt() : random.nextInt(5) - 2;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  @SafeVarargs
  private <T> T one(T... all) {
    return all[random.nextInt(all.length)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> some(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      items.add(item.get());
    }
    return items;
  }
}
