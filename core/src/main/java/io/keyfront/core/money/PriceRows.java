package io.keyfront.core.money;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads a price table: {@code {"about": …, "models": {provider: {model: row}}}}. Strict: what it
 * does not know is refused, as it might change what a model costs.
 */
final class PriceRows {
  private PriceRows() {}

  /**
   * Provider to model to price.
   *
   * @throws IOException when it is no such table; the message names the row
   */
  static Map<String, ModelRows> read(InputStream json) throws IOException {
    Map<String, ModelRows> providers = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        switch (name) {
          case "about" -> parser.nextToken();
          case "models" -> readProviders(parser, providers);
          default -> throw new IOException("The table's field " + name + " is unknown.");
        }
      }
    }
    return Map.copyOf(providers);
  }

  private static void readProviders(JsonParser parser, Map<String, ModelRows> providers)
      throws IOException {
    expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (providers.put(name, readModels(parser, name)) != null) {
        throw new IOException("Provider " + name + " stands twice.");
      }
    }
  }

  private static ModelRows readModels(JsonParser parser, String provider) throws IOException {
    Map<String, ModelPrice> models = new HashMap<>();
    expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (models.put(name, readRow(parser, provider, name)) != null) {
        throw new IOException("Model " + provider + ":" + name + " stands twice.");
      }
    }
    return new ModelRows(withSearches(models));
  }

  /**
   * A row that does not say what a search costs takes the dearest of its provider: a search that is
   * not listed is not free.
   */
  private static Map<String, ModelPrice> withSearches(Map<String, ModelPrice> models) {
    OptionalLong dearest =
        models.values().stream()
            .map(ModelPrice::webSearch)
            .filter(OptionalLong::isPresent)
            .mapToLong(OptionalLong::getAsLong)
            .max();
    models.replaceAll(
        (name, price) ->
            price.webSearch().isPresent() ? price : price.withCalls(dearest, price.perRequest()));
    return models;
  }

  private static ModelPrice readRow(JsonParser parser, String provider, String model)
      throws IOException {
    try {
      return new PriceRow(parser).read(CacheBilling.of(provider, model));
    } catch (IOException | IllegalArgumentException wrong) {
      throw new IOException("Row " + provider + ":" + model + ": " + wrong.getMessage(), wrong);
    }
  }

  static void expect(JsonParser parser, JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException(
          "Found " + found + " where " + wanted + " belongs, at " + parser.currentLocation() + ".");
    }
  }
}
