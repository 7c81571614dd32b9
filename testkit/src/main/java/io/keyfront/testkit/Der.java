package io.keyfront.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes the few ASN.1 DER values (ITU-T X.690) that a certificate is made of. */
final class Der {
  static final byte[] TRUE = {0x01, 0x01, (byte) 0xFF};

  private static final int CONSTRUCTED = 0x20;
  private static final int CONTEXT = 0x80;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(0x30, joined(parts));
  }

  static byte[] set(byte[]... parts) {
    return tagged(0x31, joined(parts));
  }

  /** Explicitly tagged, context-specific. */
  static byte[] context(int number, byte[] value) {
    return tagged(CONTEXT | CONSTRUCTED | number, value);
  }

  /** Implicitly tagged, context-specific, primitive. */
  static byte[] primitive(int number, byte[] value) {
    return tagged(CONTEXT | number, value);
  }

  static byte[] integer(long value) {
    return tagged(0x02, BigInteger.valueOf(value).toByteArray());
  }

  static byte[] octets(byte[] value) {
    return tagged(0x04, value);
  }

  /** A bit string of whole bytes. */
  static byte[] bits(byte[] value) {
    return tagged(0x03, joined(new byte[] {0}, value));
  }

  static byte[] utf8(String text) {
    return tagged(0x0C, text.getBytes(UTF_8));
  }

  /** A time given as {@code yyMMddHHmmssZ}. */
  static byte[] utcTime(String text) {
    return tagged(0x17, text.getBytes(US_ASCII));
  }

  static byte[] oid(int first, int second, int... rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first * 40 + second);
    for (int arc : rest) {
      int shift = 28;
      while (shift > 0 && arc >>> shift == 0) {
        shift -= 7;
      }
      for (; shift > 0; shift -= 7) {
        out.write(0x80 | (arc >>> shift & 0x7F));
      }
      out.write(arc & 0x7F);
    }
    return tagged(0x06, out.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (value.length < 0x80) {
      out.write(value.length);
    } else {
      byte[] length = BigInteger.valueOf(value.length).toByteArray();
      int skip = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - skip));
      out.write(length, skip, length.length - skip);
    }
    out.writeBytes(value);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
