package io.keyfront.core.money;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads one row of a price table. Decimals go from text to {@code BigDecimal}, never by a double.
 */
final class PriceRow {
  static final String WEB_SEARCH = "webSearchPerCall";

  private static final Map<String, TokenKind> KINDS =
      Map.ofEntries(
          Map.entry("input", TokenKind.INPUT),
          Map.entry("cacheRead", TokenKind.CACHE_READ),
          Map.entry("cacheWrite", TokenKind.CACHE_WRITE_5M),
          Map.entry("cacheWrite1h", TokenKind.CACHE_WRITE_1H),
          Map.entry("audioInput", TokenKind.AUDIO_INPUT),
          Map.entry("imageInput", TokenKind.IMAGE_INPUT),
          Map.entry("output", TokenKind.OUTPUT),
          Map.entry("reasoning", TokenKind.REASONING),
          Map.entry("audioOutput", TokenKind.AUDIO_OUTPUT),
          Map.entry("imageOutput", TokenKind.IMAGE_OUTPUT));
  private static final Map<String, ServiceTier> TIERS =
      Map.of(
          "priority", ServiceTier.PRIORITY, "flex", ServiceTier.FLEX, "batch", ServiceTier.BATCH);
  private static final Map<String, ModelPrice.Kind> MAKES =
      Map.of("chat", ModelPrice.Kind.CHAT, "embedding", ModelPrice.Kind.EMBEDDING);

  private final JsonParser parser;
  private final Map<TokenKind, Long> prices = new EnumMap<>(TokenKind.class);
  private final Map<Long, ListedPrices> longContext = new HashMap<>();
  private final Map<ServiceTier, ListedPrices> tiers = new EnumMap<>(ServiceTier.class);
  private ModelPrice.Kind kind = ModelPrice.Kind.CHAT;
  private OptionalLong webSearch = OptionalLong.empty();
  private long perRequest;
  private OptionalInt contextWindow = OptionalInt.empty();
  private OptionalInt maxOutput = OptionalInt.empty();

  PriceRow(JsonParser parser) {
    this.parser = parser;
  }

  ModelPrice read(CacheBilling billing) throws IOException {
    start(JsonToken.START_OBJECT);
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      readField(field);
    }
    if (!prices.containsKey(TokenKind.INPUT)) {
      throw new IOException("input is missing");
    }
    if (kind == ModelPrice.Kind.CHAT && !prices.containsKey(TokenKind.OUTPUT)) {
      throw new IOException("output is missing");
    }
    return list()
        .price(kind, billing)
        .withCalls(webSearch, perRequest)
        .withLimits(contextWindow, maxOutput);
  }

  /** What tokens cost, after {@link #read}. */
  PriceList list() {
    return new PriceList(new ListedPrices(prices), longContext, tiers);
  }

  private void readField(String field) throws IOException {
    switch (field) {
      case "longContext" -> readLongContext();
      case "serviceTiers" -> readTiers();
      case WEB_SEARCH -> webSearch = OptionalLong.of(PicoUsd.perCall(decimal()));
      case "perRequest" -> perRequest = PicoUsd.perCall(decimal());
      case "contextWindow" -> contextWindow = OptionalInt.of(tokens());
      case "maxOutput" -> maxOutput = OptionalInt.of(tokens());
      case "kind" -> kind = known("kind", parser.nextTextValue(), MAKES);
      default -> prices.put(known("field", field, KINDS), PicoUsd.perToken(decimal()));
    }
  }

  private void readLongContext() throws IOException {
    start(JsonToken.START_ARRAY);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      long above = -1;
      Map<TokenKind, Long> listed = new EnumMap<>(TokenKind.class);
      for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
        if (field.equals("aboveInputTokens")) {
          above = tokens();
        } else {
          listed.put(known("field", field, KINDS), PicoUsd.perToken(decimal()));
        }
      }
      if (above < 0 || longContext.put(above, new ListedPrices(listed)) != null) {
        throw new IOException("longContext needs aboveInputTokens, another one for each step");
      }
    }
  }

  private void readTiers() throws IOException {
    start(JsonToken.START_OBJECT);
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      Map<TokenKind, Long> listed = new EnumMap<>(TokenKind.class);
      start(JsonToken.START_OBJECT);
      for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
        listed.put(known("field", field, KINDS), PicoUsd.perToken(decimal()));
      }
      tiers.put(known("tier", name, TIERS), new ListedPrices(listed));
    }
  }

  private void start(JsonToken wanted) throws IOException {
    PriceRows.expect(parser, parser.nextToken(), wanted);
  }

  private BigDecimal decimal() throws IOException {
    if (!parser.nextToken().isNumeric()) {
      throw new IOException(parser.currentName() + " is not a number");
    }
    return new BigDecimal(parser.getText());
  }

  private int tokens() throws IOException {
    start(JsonToken.VALUE_NUMBER_INT);
    int tokens = parser.getIntValue();
    if (tokens <= 0) {
      throw new IOException(parser.currentName() + " is " + tokens + ", not 1 or more");
    }
    return tokens;
  }

  private static <T> T known(String what, @Nullable String name, Map<String, T> all)
      throws IOException {
    T found = name == null ? null : all.get(name);
    if (found == null) {
      throw new IOException(what + " " + name + " is unknown");
    }
    return found;
  }
}
