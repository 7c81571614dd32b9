package io.keyfront.core.money;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The prices that come with Keyfront: public list prices as of the month that the table names. Read
 * at the first look-up, so that a start without one does not wait for it.
 */
public final class BundledPrices {
  private static final String RESOURCE = "model-prices.json";
  private static final PriceTable TABLE = new PriceTable(BundledPrices::rows);

  private BundledPrices() {}

  /** Always the same; nothing is read yet. */
  public static PriceTable table() {
    return TABLE;
  }

  /**
   * Finds the table's rows now (some ten milliseconds once), for those who must not wait for it
   * later.
   *
   * @throws UncheckedIOException when the program was put together without it
   */
  public static void load() {
    rows();
  }

  static Map<String, ModelRows> rows() {
    return Loaded.ROWS;
  }

  /** The class loader reads it once, whoever asks first. */
  private static final class Loaded {
    static final Map<String, ModelRows> ROWS = read();

    private static Map<String, ModelRows> read() {
      try (InputStream json = BundledPrices.class.getResourceAsStream(RESOURCE)) {
        if (json == null) {
          throw new FileNotFoundException(RESOURCE);
        }
        return PriceRows.read(new String(json.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException broken) {
        throw new UncheckedIOException("The bundled price table cannot be read.", broken);
      }
    }
  }
}
