package io.keyfront.dataplane.intake;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** A request's {@code Content-Encoding}, decoded within the bound so that the body can be read. */
enum ContentDecoding {
  IDENTITY,
  GZIP,
  DEFLATE;

  private static final int STEP = 64 << 10;

  /**
   * @throws Refused when the encoding is none of ours
   */
  static ContentDecoding of(@Nullable String header) {
    return switch (header == null ? "" : header.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      default -> throw new Refused(RequestFault.unsupportedEncoding(header == null ? "" : header));
    };
  }

  /**
   * Decodes; blocks, so not on an event loop.
   *
   * @param taking is told of every step of growth before it happens, and may refuse
   */
  byte[] decode(byte[] encoded, long limitBytes, LongConsumer taking) {
    try (InputStream in = stream(new ByteArrayInputStream(encoded))) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] step = new byte[STEP];
      for (int read = in.read(step); read >= 0; read = in.read(step)) {
        taking.accept(read);
        out.write(step, 0, read);
        if (out.size() > limitBytes) {
          throw new Refused(RequestFault.bodyTooLarge(limitBytes));
        }
      }
      return out.toByteArray();
    } catch (IOException broken) {
      throw new Refused(
          RequestFault.malformed(
              "The request body is not valid " + name().toLowerCase(Locale.ROOT) + "."));
    }
  }

  private InputStream stream(InputStream raw) throws IOException {
    return switch (this) {
      case IDENTITY -> raw;
      case GZIP -> new GZIPInputStream(raw);
      case DEFLATE -> new InflaterInputStream(raw);
    };
  }
}
