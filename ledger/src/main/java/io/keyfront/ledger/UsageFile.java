package io.keyfront.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.money.UsageTotals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Recorded usage as a file's content: one JSON line per account. */
public final class UsageFile {
  private static final JsonFactory JSON = new JsonFactory();

  private UsageFile() {}

  public static byte[] write(Map<AccountId, UsageTotals> recorded) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out).setRootValueSeparator(null)) {
      for (Map.Entry<AccountId, UsageTotals> entry : recorded.entrySet()) {
        line(json, entry.getKey(), entry.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static void line(JsonGenerator json, AccountId account, UsageTotals totals)
      throws IOException {
    json.writeStartArray();
    json.writeString(account.kind().name());
    json.writeString(account.id());
    json.writeNumber(totals.requests());
    json.writeNumber(totals.inputTokens());
    json.writeNumber(totals.outputTokens());
    json.writeNumber(totals.inDoubt());
    json.writeNumber(totals.lastUsed().map(Instant::toEpochMilli).orElse(0L));
    json.writeEndArray();
    json.writeRaw('\n');
  }

  /**
   * Reads what {@link #write} made.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  public static Map<AccountId, UsageTotals> read(byte[] content) {
    Map<AccountId, UsageTotals> recorded = new HashMap<>();
    try (JsonParser json = JSON.createParser(content)) {
      while (json.nextToken() == JsonToken.START_ARRAY) {
        AccountId.Kind kind = AccountId.Kind.valueOf(json.nextTextValue());
        AccountId account = new AccountId(kind, json.nextTextValue());
        recorded.put(account, totals(json));
        json.nextToken();
      }
      return recorded;
    } catch (IOException | IllegalArgumentException | NullPointerException unreadable) {
      throw new IllegalArgumentException("This is no usage file of Keyfront.", unreadable);
    }
  }

  private static UsageTotals totals(JsonParser json) throws IOException {
    long requests = json.nextLongValue(0);
    long input = json.nextLongValue(0);
    long output = json.nextLongValue(0);
    long inDoubt = json.nextLongValue(0);
    long lastUsed = json.nextLongValue(0);
    Optional<Instant> last =
        lastUsed == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lastUsed));
    return new UsageTotals(requests, input, output, inDoubt, last);
  }
}
