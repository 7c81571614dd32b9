package io.keyfront.testkit;

import java.io.ByteArrayOutputStream;

/**
 * Brotli without compression: uncompressed meta-blocks of at most 64 KiB (RFC 7932, section 9). The
 * JDK has no Brotli, and a decoder cannot tell the difference.
 */
final class StoredBrotli implements Encoder {
  private static final int BLOCK = 65_536;

  /** One bit of the stream header: WBITS 16. The first meta-block shares its byte. */
  private boolean begun;

  @Override
  public byte[] piece(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += BLOCK) {
      int length = Math.min(BLOCK, bytes.length - at);
      header(out, length);
      out.write(bytes, at, length);
    }
    return out.toByteArray();
  }

  @Override
  public byte[] end() {
    // ISLAST and ISEMPTYLAST; alone in the stream, the WBITS bit comes before them.
    return new byte[] {(byte) (begun ? 0b11 : 0b110)};
  }

  /** ISLAST 0, MNIBBLES 4 (00), MLEN-1 in 16 bits, ISUNCOMPRESSED 1, then padding to a byte. */
  private void header(ByteArrayOutputStream out, int length) {
    int bits = (length - 1) << 3 | 1 << 19;
    int shifted = begun ? bits : bits << 1;
    begun = true;
    out.write(shifted);
    out.write(shifted >> 8);
    out.write(shifted >> 16);
  }
}
