package io.keyfront.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.money.UsageTotals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Recorded usage as a file's content: one JSON line per account, ASCII. Moments are kept to the
 * millisecond.
 */
public final class UsageFile {
  /** An account's id may hold any characters, halves of surrogate pairs too: hence the escapes. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

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
    if (totals.lastUsed().isPresent()) {
      json.writeNumber(totals.lastUsed().get().toEpochMilli());
    } else {
      json.writeNull();
    }
    json.writeEndArray();
    json.writeRaw('\n');
  }

  /**
   * Reads what {@link #write} made.
   *
   * @throws IllegalArgumentException when it is anything else, were it only in one line
   */
  public static Map<AccountId, UsageTotals> read(byte[] content) {
    Map<AccountId, UsageTotals> recorded = new HashMap<>();
    try (JsonParser json = JSON.createParser(content)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        require(token == JsonToken.START_ARRAY);
        AccountId account = new AccountId(AccountId.Kind.valueOf(text(json)), text(json));
        require(recorded.put(account, totals(json)) == null);
        require(json.nextToken() == JsonToken.END_ARRAY);
      }
      return recorded;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "This is no usage file of Keyfront, or it is damaged: it has one JSON array per line,"
              + " like [\"TOKEN\",\"id\",1,2,3,0,null].",
          unreadable);
    }
  }

  private static UsageTotals totals(JsonParser json) throws IOException {
    return new UsageTotals(count(json), count(json), count(json), count(json), moment(json));
  }

  private static String text(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static long count(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.VALUE_NUMBER_INT);
    long count = json.getLongValue();
    require(count >= 0);
    return count;
  }

  private static Optional<Instant> moment(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return Optional.empty();
    }
    require(token == JsonToken.VALUE_NUMBER_INT);
    return Optional.of(Instant.ofEpochMilli(json.getLongValue()));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("a line is not of the form");
    }
  }
}
