package io.keyfront.core.money;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads a price table: {@code {"about": …, "models": {provider: {model: row}}}}, laid out with one
 * row in a line. The lines are all that is looked at here, as reading every row would take a cold
 * start longer than the few rows that a proxy ever asks for. Strict: what it does not know is
 * refused, as it might change what a model costs.
 */
final class PriceRows {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> BRACES = Set.of("{", "}", "},", "}}", "\"models\": {");
  private static final String ABOUT = "\"about\": ";
  private static final String ROW = "  \"";
  private static final String OPENS = "\": {";

  private PriceRows() {}

  /**
   * Provider to rows.
   *
   * @throws IOException when it is no such table; the message shows the line
   */
  static Map<String, ModelRows> read(String table) throws IOException {
    Map<String, Map<String, String>> providers = new LinkedHashMap<>();
    Map<String, String> rows = new HashMap<>();
    for (String line : table.split("\n", -1)) {
      int opens = line.indexOf(OPENS);
      if (line.startsWith(ROW) && opens > 0 && !providers.isEmpty()) {
        put(rows, line.substring(ROW.length(), opens), line);
      } else if (!BRACES.contains(line) && line.startsWith("\"") && line.endsWith(OPENS)) {
        rows = new HashMap<>();
        if (providers.put(line.substring(1, opens), rows) != null) {
          throw new IOException("A provider stands twice: " + line);
        }
      } else if (!BRACES.contains(line) && !line.startsWith(ABOUT) && !line.isEmpty()) {
        throw new IOException("This line is no row of a price table: " + line);
      }
    }
    Map<String, ModelRows> read = new HashMap<>();
    providers.forEach((provider, models) -> read.put(provider, new ModelRows(provider, models)));
    return Map.copyOf(read);
  }

  private static void put(Map<String, String> rows, String model, String line) throws IOException {
    int from = line.indexOf(OPENS) + OPENS.length() - 1;
    int to = line.endsWith(",") ? line.length() - 1 : line.length();
    if (model.indexOf('\\') >= 0 || rows.put(model, line.substring(from, to)) != null) {
      throw new IOException("This model's name is escaped or stands twice: " + line);
    }
  }

  /**
   * One row.
   *
   * @throws IllegalArgumentException when it is wrong; the message names it
   */
  static ModelPrice row(String provider, String model, String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      ModelPrice price = new PriceRow(parser).read(CacheBilling.of(provider, model));
      if (parser.nextToken() != null) {
        throw new IOException("something follows the row");
      }
      return price;
    } catch (IOException | IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "Row " + provider + ":" + model + ": " + wrong.getMessage(), wrong);
    }
  }

  static void expect(JsonParser parser, JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException(
          "Found " + found + " where " + wanted + " belongs, at " + parser.currentLocation() + ".");
    }
  }
}
