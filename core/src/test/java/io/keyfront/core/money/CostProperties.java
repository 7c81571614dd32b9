package io.keyfront.core.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Every row of the bundled table, and every usage that fits a bound. */
class CostProperties {
  private static final List<Map.Entry<String, ModelPrice>> ROWS =
      BundledPrices.rows().entrySet().stream()
          .flatMap(
              provider ->
                  provider.getValue().byName().entrySet().stream()
                      .map(
                          row -> Map.entry(provider.getKey() + ":" + row.getKey(), row.getValue())))
          .sorted(Map.Entry.comparingByKey())
          .toList();

  /** One row of each shape: of the steps, tiers and kinds of token that it tells apart. */
  private static final List<ModelPrice> TIERED =
      List.copyOf(
          ROWS.stream()
              .map(Map.Entry::getValue)
              .collect(Collectors.toMap(CostProperties::shape, row -> row, (one, other) -> one))
              .values());

  private static final RateSteps NOTHING =
      new RateSteps(new ListedPrices(Map.of()).rates(CacheBilling.AS_INPUT), List.of());

  private static String shape(ModelPrice row) {
    Rates base = row.standard().base();
    String dearer =
        Stream.of(TokenKind.values())
            .map(kind -> Long.signum(base.of(kind) - base.of(kind.plain())))
            .toList()
            .toString();
    return row.standard().steps().size() + "" + new TreeSet<>(row.tiers().keySet()) + dearer;
  }

  @Property(tries = 300)
  void noUsageWithinABoundCostsMoreThanItsCeilingInAnyRow(
      @ForAll("usages") Usage usage,
      @ForAll @LongRange(max = 300_000) long spareInput,
      @ForAll @LongRange(max = 10_000) long spareOutput,
      @ForAll ServiceTier requested,
      @ForAll ServiceTier reported) {
    var bound =
        new CallBound(
            usage.totalInput() + spareInput, usage.output() + spareOutput, 1, usage.webSearches());
    ServiceTier billed = possible(requested, reported);

    assertThat(ROWS)
        .filteredOn(
            row ->
                Cost.ceiling(row.getValue(), bound, requested)
                    < Cost.nanoUsd(row.getValue(), usage, billed))
        .isEmpty();
  }

  /** Settings may name any price for any step and tier, beside rows and for models without one. */
  @Property(tries = 300)
  void noUsageWithinABoundCostsMoreThanItsCeilingAtAnyPriceOfSettings(
      @ForAll("lists") PriceList list,
      @ForAll("usages") Usage usage,
      @ForAll @LongRange(max = 300_000) long spareInput,
      @ForAll @LongRange(max = 10_000) long spareOutput,
      @ForAll ServiceTier requested,
      @ForAll ServiceTier reported) {
    var bound =
        new CallBound(
            usage.totalInput() + spareInput, usage.output() + spareOutput, 1, usage.webSearches());
    ServiceTier billed = possible(requested, reported);

    assertThat(overridden(list))
        .allSatisfy(
            price ->
                assertThat(Cost.ceiling(price, bound, requested))
                    .isGreaterThanOrEqualTo(Cost.nanoUsd(price, usage, billed)));
  }

  @Property(tries = 200)
  void whatSettingsNameCountsExactlyOverAnyRow(@ForAll("lists") PriceList list) {
    assertThat(overridden(list))
        .allSatisfy(
            price -> {
              assertNamed(list.standard(), price.standard().base());
              list.longContext()
                  .forEach((above, step) -> assertNamed(step, price.standard().at(above + 1)));
              list.tiers()
                  .forEach(
                      (tier, named) ->
                          assertNamed(named, price.tiers().getOrDefault(tier, NOTHING).base()));
            });
  }

  /** A cache write alone is never cheaper than input. */
  private static void assertNamed(ListedPrices named, Rates counted) {
    named
        .byKind()
        .forEach(
            (kind, price) -> {
              boolean write = kind == TokenKind.CACHE_WRITE_5M || kind == TokenKind.CACHE_WRITE_1H;
              assertThat(counted.of(kind))
                  .as(kind.name())
                  .isGreaterThanOrEqualTo(price)
                  .matches(pico -> write || pico.equals(price));
            });
  }

  private static List<ModelPrice> overridden(PriceList list) {
    Stream<ModelPrice> over = TIERED.stream().map(row -> list.over(row, CacheBilling.ANTHROPIC));
    return Stream.concat(Stream.of(list.price(ModelPrice.Kind.CHAT, CacheBilling.AS_INPUT)), over)
        .toList();
  }

  @Property(tries = 200)
  void ceilingNeverFallsWhenTheBoundGrowsInAnyRow(
      @ForAll("tokens") long input,
      @ForAll("tokens") long output,
      @ForAll @LongRange(max = 20) long searches,
      @ForAll("tokens") long moreInput,
      @ForAll("tokens") long moreOutput,
      @ForAll ServiceTier requested) {
    var smaller = new CallBound(input, output, 1, searches);
    var larger = new CallBound(input + moreInput, output + moreOutput, 1, searches + 1);

    assertThat(ROWS)
        .filteredOn(
            row ->
                Cost.ceiling(row.getValue(), larger, requested)
                    < Cost.ceiling(row.getValue(), smaller, requested))
        .isEmpty();
  }

  @Property(tries = 200)
  void costIsTheExactSumRoundedUpInEveryRow(@ForAll("usages") Usage usage) {
    assertThat(ROWS)
        .filteredOn(
            row ->
                Cost.nanoUsd(row.getValue(), usage, ServiceTier.STANDARD)
                    != exact(row.getValue(), usage))
        .isEmpty();
  }

  /** The same sum in whole numbers of any size. */
  private static long exact(ModelPrice price, Usage usage) {
    Rates rates = price.standard().at(usage.totalInput());
    long text = usage.output() - usage.reasoning() - usage.audioOutput();
    BigInteger searches =
        BigInteger.valueOf(price.webSearch().orElse(0))
            .multiply(BigInteger.valueOf(usage.webSearches()));
    return searches
        .add(
            times(
                usage.input() - usage.audioInput(), rates, TokenKind.INPUT, TokenKind.IMAGE_INPUT))
        .add(times(usage.audioInput(), rates, TokenKind.AUDIO_INPUT))
        .add(times(usage.cacheRead(), rates, TokenKind.CACHE_READ))
        .add(times(usage.cacheWrite5m(), rates, TokenKind.CACHE_WRITE_5M))
        .add(times(usage.cacheWrite1h(), rates, TokenKind.CACHE_WRITE_1H))
        .add(times(text, rates, TokenKind.OUTPUT, TokenKind.IMAGE_OUTPUT))
        .add(times(usage.reasoning(), rates, TokenKind.REASONING))
        .add(times(usage.audioOutput(), rates, TokenKind.AUDIO_OUTPUT))
        .add(BigInteger.valueOf(999))
        .divide(BigInteger.valueOf(1_000))
        .longValueExact();
  }

  @Property
  void noCountFromOutsideThrowsOrGoesBelowZero(
      @ForAll long input,
      @ForAll long cacheRead,
      @ForAll long output,
      @ForAll long reasoning,
      @ForAll long audio,
      @ForAll long searches) {
    var usage =
        new Usage(
            input,
            cacheRead,
            input,
            cacheRead,
            output,
            reasoning,
            audio,
            audio,
            searches,
            Optional.empty());

    assertThat(Cost.nanoUsd(ROWS.getFirst().getValue(), usage, ServiceTier.ANY))
        .isBetween(0L, Cost.MOST);
  }

  /** What the answer may say after such a request. */
  private static ServiceTier possible(ServiceTier requested, ServiceTier reported) {
    return requested == ServiceTier.ANY || reported == requested ? reported : ServiceTier.STANDARD;
  }

  private static BigInteger times(long tokens, Rates rates, TokenKind... kinds) {
    long price = 0;
    for (TokenKind kind : kinds) {
      price = Math.max(price, rates.of(kind));
    }
    return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(price));
  }

  @Provide
  Arbitrary<PriceList> lists() {
    Arbitrary<ListedPrices> prices =
        Arbitraries.maps(
                Arbitraries.of(TokenKind.class), Arbitraries.longs().between(0, 100_000_000))
            .map(ListedPrices::new);
    Arbitrary<Map<Long, ListedPrices>> steps =
        Arbitraries.maps(Arbitraries.of(1L, 100_000L, 200_000L, 272_000L), prices).ofMaxSize(3);
    Arbitrary<Map<ServiceTier, ListedPrices>> tiers =
        Arbitraries.maps(
            Arbitraries.of(ServiceTier.PRIORITY, ServiceTier.FLEX, ServiceTier.BATCH), prices);
    return Combinators.combine(prices, steps, tiers).as(PriceList::new);
  }

  @Provide
  Arbitrary<Long> tokens() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 2_000_000),
        Arbitraries.of(
            0L, 1L, 100_000L, 100_001L, 128_000L, 200_000L, 200_001L, 272_000L, 272_001L));
  }

  @Provide
  Arbitrary<Usage> usages() {
    return Combinators.combine(
            tokens(),
            tokens(),
            tokens(),
            tokens(),
            tokens(),
            Arbitraries.integers().between(0, 100),
            Arbitraries.longs().between(0, 20))
        .as(CostProperties::usage);
  }

  private static Usage usage(
      long input, long read, long write5m, long write1h, long output, int percent, long searches) {
    long reasoning = output * percent / 100;
    long audio = (output - reasoning) * (100 - percent) / 100;
    return new Usage(
        input,
        read,
        write5m,
        write1h,
        output,
        reasoning,
        input * percent / 100,
        audio,
        searches,
        Optional.empty());
  }
}
