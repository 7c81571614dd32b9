package io.keyfront.protocols.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One streaming pass over a whole request body, without building a tree.
 *
 * <p>The body's size is bounded by whoever reads it from the wire; here only nesting is. Messages
 * name places, never content: a body is a prompt.
 */
public final class BodyScanner {
  /** Longest model name, in characters: it stands in records, metrics and messages. */
  public static final int MAX_MODEL_LENGTH = 512;

  /** Deepest nesting of objects and arrays. */
  public static final int MAX_DEPTH = 1000;

  /** Longest name of a field, in bytes. */
  public static final int MAX_NAME_LENGTH = 50_000;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .recyclerPool(JsonRecyclerPools.threadLocalPool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private BodyScanner() {}

  /**
   * Scans a body from end to end.
   *
   * @throws Refused when it is not one JSON object in UTF-8, or a field that matters is repeated
   *     (escapes in its name decoded), missing or of the wrong type
   */
  public static ScannedBody scan(Protocol protocol, Operation operation, byte[] body) {
    requirePlainUtf8(body);
    ScannedBody plain = PlainScan.scan(protocol, body);
    return plain != null ? plain : carefully(protocol, body);
  }

  /**
   * Scans a body from end to end and shows {@code others} what is left, in the same pass.
   *
   * @throws Refused as {@link #scan(Protocol, Operation, byte[])} does, or when {@code others} does
   */
  public static ScannedBody scan(Protocol protocol, byte[] body, OtherFields others) {
    requirePlainUtf8(body);
    return carefully(protocol, body, others);
  }

  /** The same as the quick scan for any body, and with words for what is wrong. */
  static ScannedBody carefully(Protocol protocol, byte[] body) {
    return carefully(protocol, body, OtherFields.IGNORED);
  }

  private static ScannedBody carefully(Protocol protocol, byte[] body, OtherFields others) {
    try (JsonParser parser = JSON.createParser(body)) {
      return scanned(parser, new BodyFields(parser, protocol, others));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading an array of bytes failed.", e);
    }
  }

  private static ScannedBody scanned(JsonParser parser, BodyFields fields) throws IOException {
    try {
      return fields.read();
    } catch (StreamConstraintsException e) {
      throw notJson(
          "it nests deeper than " + MAX_DEPTH + " levels or has a far too long name or number",
          parser.currentLocation());
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw notJson("a mistake", place == null ? parser.currentLocation() : place);
    }
  }

  static Refused notJson(String what, JsonLocation place) {
    return new Refused(
        RequestFault.notJson(
            "%s at line %d, column %d".formatted(what, place.getLineNr(), place.getColumnNr())));
  }

  /** Jackson would read UTF-16 and UTF-32 too; the offsets and the provider would not agree. */
  private static void requirePlainUtf8(byte[] body) {
    int first = Math.min(body.length, 4);
    boolean marked = body.length > 0 && (body[0] & 0xff) >= 0xef;
    boolean wide = false;
    for (int i = 0; i < first; i++) {
      wide |= body[i] == 0;
    }
    if (body.length == 0) {
      throw new Refused(RequestFault.notJson("it is empty; send one object"));
    }
    if (marked || wide) {
      throw new Refused(
          RequestFault.notJson(
              "it does not begin as UTF-8 without a byte order mark, at line 1, column 1"));
    }
  }
}
