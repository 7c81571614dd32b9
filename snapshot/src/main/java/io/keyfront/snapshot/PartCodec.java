package io.keyfront.snapshot;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Parts as bytes: gzip (RFC 1952) of JSON whose fields and elements have a fixed order, so that
 * equal parts are equal bytes. Reading is strict: what is not understood is refused, as it might be
 * a restriction.
 */
public final class PartCodec {
  /** Larger parts are not published: a Secret holds at most 1 MiB, in base64 too. */
  public static final int MAX_BYTES = 800 * 1024;

  /** Larger parts are refused when they are unpacked. */
  public static final int MAX_UNPACKED_BYTES = 16 * 1024 * 1024;

  private static final int MAX_NESTING = 16;
  private static final int MAX_TEXT = 1024 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(MAX_TEXT)
                  .build())
          .build();

  private PartCodec() {}

  /** The bytes of a part; the caller sees to it that no more than {@link #MAX_BYTES} travel. */
  public static byte[] encode(Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(new GZIPOutputStream(bytes))) {
      PartJson.write(out, part);
    } catch (IOException impossible) {
      throw new UncheckedIOException("Writing to memory does not fail.", impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a part whole or not at all.
   *
   * @param name the part that the bytes are expected to be
   * @throws PartRefused when they are anything else
   */
  public static Part decode(PartName name, byte[] bytes) throws PartRefused {
    if (bytes.length > MAX_BYTES) {
      throw refused(name, "has %d bytes, more than %d".formatted(bytes.length, MAX_BYTES));
    }
    byte[] json = unpack(name, bytes);
    try (JsonParser parser = JSON.createParser(json)) {
      JsonIn in = new JsonIn(parser);
      Part part = PartJson.read(in, name);
      in.end();
      return part;
    } catch (Malformed wrong) {
      throw refused(name, wrong.getMessage());
    } catch (IOException | IllegalArgumentException wrong) {
      // Their messages may quote what they could not read.
      throw refused(name, "is not JSON of this format");
    }
  }

  private static byte[] unpack(PartName name, byte[] bytes) throws PartRefused {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] json = in.readNBytes(MAX_UNPACKED_BYTES + 1);
      if (json.length > MAX_UNPACKED_BYTES) {
        throw refused(name, "has more than %d bytes unpacked".formatted(MAX_UNPACKED_BYTES));
      }
      return json;
    } catch (IOException notGzip) {
      throw refused(name, "is not gzip, or is cut off");
    }
  }

  private static PartRefused refused(PartName name, String why) {
    return new PartRefused(
        "Part %s %s. The last good one stays in use; look at the operator's version and log."
            .formatted(name, why));
  }
}
