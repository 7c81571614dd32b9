package io.keyfront.compiler;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.money.ListedPrices;
import io.keyfront.core.money.PriceOverride;
import io.keyfront.core.money.TokenKind;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.provider.Protocol;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.session.AdminIssuer;
import io.keyfront.core.session.SessionIssuer;
import io.keyfront.core.session.TokenAuthority;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a snapshot as lines that are equal when, and only when, the snapshots mean the same. For
 * the digest, and for people who compare.
 */
final class CanonicalForm {
  private final Function<SecretText, String> secrets;
  private final Consumer<String> out;

  /**
   * @param secrets what stands for a secret
   * @param out takes one line at a time
   */
  CanonicalForm(Function<SecretText, String> secrets, Consumer<String> out) {
    this.secrets = secrets;
    this.out = out;
  }

  void write(Snapshot snapshot) {
    new TreeMap<>(snapshot.providers()).values().forEach(this::provider);
    snapshot.credentials().stream()
        .sorted(Comparator.comparing(credential -> credential.id().toString()))
        .forEach(this::credential);
    snapshot.aliases().forEach(this::alias);
    Map<String, TokenPolicy> tokens = new TreeMap<>();
    snapshot.tokens().forEach((hash, policy) -> tokens.put(hash.hex(), policy));
    tokens.forEach(this::token);
    settings(snapshot.settings());
  }

  private void provider(Provider provider) {
    Map<String, String> bases = new TreeMap<>();
    provider.bases().forEach((Protocol protocol, String base) -> bases.put(protocol.id(), base));
    line("provider", provider.name())
        .with("endpoint", provider.endpoint())
        .with("bases", bases)
        .with("streamOptions", provider.takesStreamOptions())
        .with("stopping", provider.stopping(), Optional.empty())
        .limited(provider.limits())
        .end();
  }

  private void credential(Credential credential) {
    line("credential", credential.id())
        .with("provider", credential.provider())
        .with("endpoint", credential.endpoint())
        .with("key", key(credential.auth()))
        .with("priority", credential.priority())
        .with("weight", credential.weight())
        .with("models", list(credential.models(), Glob::pattern))
        .with("namespaces", namespaces(credential.namespaces()))
        .limited(credential.limits())
        .with("expiresAt", credential.expiresAt(), Optional.empty())
        .end();
  }

  private String key(Credential.Auth auth) {
    return switch (auth) {
      case Credential.Auth.ApiKey apiKey -> secrets.apply(apiKey.key());
    };
  }

  private static String namespaces(NamespaceRule rule) {
    return rule.all() ? "*" : list(rule.names().stream().sorted().toList(), name -> name);
  }

  private void alias(AliasRule rule) {
    line("alias", rule.namespace() + "/" + rule.name())
        .with("global", rule.global())
        .with("model", rule.model())
        .with("provider", rule.provider())
        .with("targets", list(rule.targets(), CanonicalForm::target))
        .end();
  }

  private static String target(AliasRule.Target target) {
    return target.provider()
        + " "
        + target.model().map(CanonicalForm::quoted).orElse("-")
        + " "
        + target.weight()
        + " "
        + target.priority();
  }

  private void token(String hash, TokenPolicy policy) {
    Identity identity = policy.identity();
    line("token", hash)
        .with("account", identity.account())
        .with("name", identity.namespace() + "/" + identity.name())
        .with("format", identity.format().label())
        .with("scopes", list(identity.scope().patterns(), scope -> scope))
        .with("expiresAt", identity.expiresAt())
        .with("cidrs", list(identity.cidrs().blocks(), Object::toString))
        .with("pin", identity.pin())
        .limited(identity.limits())
        .with("revoked", policy.revoked())
        .end();
  }

  private void settings(Settings settings) {
    settings.issuers().forEach(this::issuer);
    settings.admin().ifPresent(this::admin);
    settings.authorities().machineTokens().ifPresent(one -> authority("machineTokens", one));
    settings.authorities().serviceAccounts().ifPresent(one -> authority("serviceAccounts", one));
    line("settings", "")
        .with("trustedHops", settings.trustedHops())
        .with("defaultLimits", settings.defaultLimits(), Limits.NONE)
        .end();
    settings.prices().overrides().forEach(this::price);
    settings.webhooks().forEach(this::webhook);
  }

  private void webhook(Webhook webhook) {
    line("webhook", webhook.name())
        .with("url", webhook.url())
        .with("secret", secrets.apply(webhook.secret()))
        .with("events", list(webhook.events(), Glob::pattern))
        .with("thresholds", webhook.thresholds())
        .with("bodySignature", webhook.bodySignature())
        .end();
  }

  private void price(PriceOverride override) {
    line("price", override.model())
        .with("provider", override.provider())
        .with("fallback", override.fallback())
        .with("tokens", tokens(override.prices().standard()))
        .with("longContext", each(override.prices().longContext()), Map.of())
        .with("tiers", each(override.prices().tiers()), Map.of())
        .with("webSearch", override.webSearch())
        .with("perRequest", override.perRequest())
        .with("contextWindow", override.contextWindow())
        .with("maxOutput", override.maxOutput())
        .end();
  }

  private static <K> Map<K, Map<TokenKind, Long>> each(Map<K, ListedPrices> prices) {
    Map<K, Map<TokenKind, Long>> sorted = new TreeMap<>();
    prices.forEach((of, listed) -> sorted.put(of, tokens(listed)));
    return sorted;
  }

  private static Map<TokenKind, Long> tokens(ListedPrices prices) {
    return new TreeMap<>(prices.byKind());
  }

  private void issuer(SessionIssuer issuer) {
    line("issuer", issuer.name())
        .with("audiences", list(issuer.audiences().stream().sorted().toList(), text -> text))
        .with("secret", secrets.apply(issuer.secret()))
        .with("namespace", issuer.namespace())
        .end();
  }

  private void admin(AdminIssuer issuer) {
    line("admin", "")
        .with("audiences", list(issuer.audiences().stream().sorted().toList(), text -> text))
        .with("secret", secrets.apply(issuer.secret()))
        .end();
  }

  private void authority(String whose, TokenAuthority authority) {
    line("authority", whose)
        .with("issuer", authority.issuer())
        .with("audiences", list(authority.audiences().stream().sorted().toList(), text -> text))
        .with("keys", authority.keys().json())
        .end();
  }

  private static <T> String list(Collection<T> items, Function<T, String> text) {
    return items.stream()
        .map(item -> quoted(text.apply(item)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** No value can look like the end of itself, so that different snapshots never read alike. */
  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r")
        + '"';
  }

  private Line line(String kind, Object name) {
    return new Line(kind + " " + quoted(name.toString()));
  }

  private final class Line {
    private final StringBuilder text;

    Line(String start) {
      this.text = new StringBuilder(start);
    }

    Line with(String name, Object value) {
      String shown =
          switch (value) {
            case Optional<?> optional -> optional.map(one -> quoted(one.toString())).orElse("-");
            case OptionalInt number when number.isEmpty() -> "-";
            case OptionalInt number -> quoted(Integer.toString(number.getAsInt()));
            case OptionalLong number when number.isEmpty() -> "-";
            case OptionalLong number -> quoted(Long.toString(number.getAsLong()));
            default -> quoted(value.toString());
          };
      text.append(' ').append(name).append('=').append(shown);
      return this;
    }

    Line with(String name, Object value, Object usual) {
      return value.equals(usual) ? this : with(name, value);
    }

    Line limited(Limits limits) {
      return with("limits", limits, Limits.NONE);
    }

    void end() {
      out.accept(text.toString());
    }
  }
}
