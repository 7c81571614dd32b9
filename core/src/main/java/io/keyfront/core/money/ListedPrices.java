package io.keyfront.core.money;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The prices that a list names, in pico-USD per token; what it leaves out is filled in by {@link
 * #rates}.
 *
 * <p>A kind that costs the same as the plain tokens of its side is as good as not listed: it
 * follows them when a tier changes them.
 *
 * @param byKind the listed prices, 0 and up
 */
public record ListedPrices(Map<TokenKind, Long> byKind) {
  private static final Set<TokenKind> MEDIA =
      Set.of(
          TokenKind.AUDIO_INPUT,
          TokenKind.IMAGE_INPUT,
          TokenKind.AUDIO_OUTPUT,
          TokenKind.IMAGE_OUTPUT);

  /**
   * @throws IllegalArgumentException when a price is negative
   */
  public ListedPrices {
    Map<TokenKind, Long> listed = new EnumMap<>(TokenKind.class);
    byKind.forEach(
        (kind, price) -> {
          if (price < 0) {
            throw new IllegalArgumentException(
                "The price of " + kind + " is " + price + ": give 0 or more.");
          }
          listed.put(kind, price);
        });
    byKind = Map.copyOf(listed);
  }

  /** A cache write is told apart: without a price of its own it may cost more than the input. */
  private boolean follows(TokenKind kind) {
    return switch (kind) {
      case INPUT, OUTPUT, CACHE_WRITE_5M, CACHE_WRITE_1H -> false;
      case CACHE_READ, AUDIO_INPUT, IMAGE_INPUT, REASONING, AUDIO_OUTPUT, IMAGE_OUTPUT ->
          Objects.equals(byKind.get(kind), byKind.get(kind.plain()));
    };
  }

  /**
   * This list laid over another: a tier that names some prices over the row that it belongs to.
   * What the tier leaves out rises with the plain price of its side, and does not fall with it.
   */
  ListedPrices over(ListedPrices row) {
    Map<TokenKind, Long> merged = new EnumMap<>(TokenKind.class);
    row.byKind.forEach(
        (kind, price) -> {
          if (!row.follows(kind)) {
            merged.put(kind, risen(kind, price, row));
          }
        });
    merged.putAll(byKind);
    return new ListedPrices(merged);
  }

  private long risen(TokenKind kind, long price, ListedPrices row) {
    long before = row.byKind.getOrDefault(kind.plain(), 0L);
    return Scaled.rising(price, before, byKind.getOrDefault(kind.plain(), before));
  }

  /**
   * This list, with audio and images that it does not name as much dearer than text as in a row.
   */
  ListedPrices withMediaOf(Rates row) {
    Map<TokenKind, Long> all = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : MEDIA) {
      long plain = byKind.getOrDefault(kind.plain(), 0L);
      all.put(kind, Scaled.rising(plain, row.of(kind.plain()), row.of(kind)));
    }
    all.putAll(byKind);
    return new ListedPrices(all);
  }

  /**
   * Every kind's price. A cache read that is not listed is input; a cache write is what {@code
   * billing} says, an hour's at least that of 5 minutes, and no write is ever cheaper than input,
   * listed or not (lists that say so mean that writing is not billed on top). Everything else
   * follows the plain price of its side, and an output without a price is free.
   */
  Rates rates(CacheBilling billing) {
    long input = byKind.getOrDefault(TokenKind.INPUT, 0L);
    long fiveMinutes =
        Math.max(input, byKind.getOrDefault(TokenKind.CACHE_WRITE_5M, billing.fiveMinutes(input)));
    long hour = byKind.getOrDefault(TokenKind.CACHE_WRITE_1H, billing.hour(input));
    Map<TokenKind, Long> all = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      all.put(kind, byKind.getOrDefault(kind, byKind.getOrDefault(kind.plain(), 0L)));
    }
    all.put(TokenKind.CACHE_WRITE_5M, fiveMinutes);
    all.put(TokenKind.CACHE_WRITE_1H, Math.max(fiveMinutes, hour));
    return new Rates(all);
  }
}
