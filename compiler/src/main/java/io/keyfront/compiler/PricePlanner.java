package io.keyfront.compiler;

import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.money.ListedPrices;
import io.keyfront.core.money.PicoUsd;
import io.keyfront.core.money.PriceList;
import io.keyfront.core.money.PriceOverride;
import io.keyfront.core.money.ServiceTier;
import io.keyfront.core.money.TokenKind;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.scope.Glob;
import io.keyfront.crds.PriceSettings;
import io.keyfront.crds.TierPrices;
import io.keyfront.crds.TokenPrices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the settings' prices into overrides. One that is wrong is left out alone. */
final class PricePlanner {
  private final Set<String> providers;
  private final Findings findings;

  /**
   * @param providers the names of all that there are
   */
  PricePlanner(Set<String> providers, Findings findings) {
    this.providers = providers;
    this.findings = findings;
  }

  /** In order of precedence. */
  List<PriceOverride> plan(Optional<Resource.Settings> chosen) {
    List<PriceOverride> overrides = new ArrayList<>();
    chosen.ifPresent(settings -> plan(settings, overrides));
    return overrides;
  }

  private void plan(Resource.Settings settings, List<PriceOverride> overrides) {
    List<PriceSettings> prices = settings.spec().prices();
    Set<List<Object>> seen = new HashSet<>();
    for (int i = 0; i < prices.size(); i++) {
      String field = "spec.prices[" + i + "]";
      PriceOverride override = override(prices.get(i));
      if (!isForAKnownProvider(settings, field, override)) {
        continue;
      }
      if (seen.add(List.of(override.provider(), override.model(), override.fallback()))) {
        overrides.add(override);
      } else {
        findings.error(
            settings,
            Reason.CONFLICT,
            field,
            "has the provider and model of one before it",
            "keep one of the two");
      }
    }
  }

  private boolean isForAKnownProvider(
      Resource.Settings settings, String field, PriceOverride override) {
    String name = override.provider().orElse(null);
    if (name == null) {
      return true;
    }
    if (name.equals(Provider.MOCK)) {
      findings.error(
          settings,
          Reason.NO_EFFECT,
          field + ".provider",
          "the mock's prices are fixed",
          "remove it");
      return false;
    }
    if (!providers.contains(name)) {
      findings.error(
          settings,
          Reason.UNKNOWN_PROVIDER,
          field + ".provider",
          "'" + name + "' is no provider",
          "write one of " + String.join(", ", providers));
      return false;
    }
    return true;
  }

  private static PriceOverride override(PriceSettings price) {
    return new PriceOverride(
        Optional.ofNullable(price.provider()),
        Glob.of(Objects.requireNonNullElse(price.model(), "*")),
        list(price),
        price.webSearchPerCall() == null
            ? OptionalLong.empty()
            : OptionalLong.of(PicoUsd.perCall(new BigDecimal(price.webSearchPerCall()))),
        price.perRequest() == null ? 0 : PicoUsd.perCall(new BigDecimal(price.perRequest())),
        tokens(price.contextWindow()),
        tokens(price.maxOutput()),
        price.fallback());
  }

  private static PriceList list(PriceSettings price) {
    return new PriceList(
        listed(price),
        price.longContext().stream()
            .collect(
                Collectors.toMap(step -> (long) step.aboveInputTokens(), PricePlanner::listed)),
        price.serviceTiers().stream()
            .collect(Collectors.toMap(PricePlanner::tier, PricePlanner::listed)));
  }

  private static ServiceTier tier(TierPrices prices) {
    return ServiceTier.valueOf(prices.tier().toUpperCase(Locale.ROOT));
  }

  private static ListedPrices listed(TokenPrices prices) {
    Map<TokenKind, Long> listed = new EnumMap<>(TokenKind.class);
    prices.byKind().forEach((kind, usd) -> listed.put(kind, PicoUsd.perToken(new BigDecimal(usd))));
    return new ListedPrices(listed);
  }

  private static OptionalInt tokens(@Nullable Integer tokens) {
    return tokens == null ? OptionalInt.empty() : OptionalInt.of(tokens);
  }
}
