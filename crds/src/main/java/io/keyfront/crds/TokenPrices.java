package io.keyfront.crds;

import io.keyfront.core.money.TokenKind;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tokens cost, by kind: decimal texts, USD per million tokens; null is not named. */
public sealed interface TokenPrices permits PriceSettings, LongContextPrices, TierPrices {
  String input();

  String output();

  @Nullable String cacheRead();

  @Nullable String cacheWrite();

  @Nullable String cacheWrite1h();

  @Nullable String reasoning();

  @Nullable String audioInput();

  @Nullable String imageInput();

  @Nullable String audioOutput();

  @Nullable String imageOutput();

  /** Those that are named. */
  default Map<TokenKind, String> byKind() {
    Map<TokenKind, String> named = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : TokenKind.values()) {
      String price = of(kind);
      if (price != null) {
        named.put(kind, price);
      }
    }
    return named;
  }

  private @Nullable String of(TokenKind kind) {
    return switch (kind) {
      case INPUT -> input();
      case CACHE_READ -> cacheRead();
      case CACHE_WRITE_5M -> cacheWrite();
      case CACHE_WRITE_1H -> cacheWrite1h();
      case AUDIO_INPUT -> audioInput();
      case IMAGE_INPUT -> imageInput();
      case OUTPUT -> output();
      case REASONING -> reasoning();
      case AUDIO_OUTPUT -> audioOutput();
      case IMAGE_OUTPUT -> imageOutput();
    };
  }
}
