package io.keyfront.testkit;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Encodes pieces so that each can be decoded as soon as it has arrived. One per answer. */
interface Encoder {
  byte[] piece(byte[] bytes);

  /** What closes the coding. */
  byte[] end();

  static Encoder of(Encoding encoding) {
    return switch (encoding) {
      case GZIP -> zip(sink -> new GZIPOutputStream(sink, 512, true));
      case DEFLATE -> zip(sink -> new DeflaterOutputStream(sink, new Deflater(), 512, true));
      case BROTLI -> zip(Encoder::brotli);
      case ZSTD -> zip(ZstdOutputStream::new);
    };
  }

  private static OutputStream brotli(OutputStream sink) throws IOException {
    Brotli4jLoader.ensureAvailability();
    return new BrotliOutputStream(sink);
  }

  private static Encoder zip(Zip zip) {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try {
      return new Zipped(sink, zip.over(sink));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a compressing stream. */
  interface Zip {
    OutputStream over(OutputStream sink) throws IOException;
  }

  /** Flushes the compressor after each piece. */
  record Zipped(ByteArrayOutputStream sink, OutputStream zip) implements Encoder {
    @Override
    public byte[] piece(byte[] bytes) {
      try {
        zip.write(bytes);
        zip.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return taken();
    }

    @Override
    public byte[] end() {
      try {
        zip.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return taken();
    }

    private byte[] taken() {
      byte[] bytes = sink.toByteArray();
      sink.reset();
      return bytes;
    }
  }
}
