package io.keyfront.testkit;

import java.io.ByteArrayOutputStream;

/** Zstandard without compression: raw blocks of at most 64 KiB (RFC 8878, section 3.1.1). */
final class StoredZstd implements Encoder {
  private static final int BLOCK = 65_536;

  /** Magic number; no checksum, no dictionary, no content size; a window of 128 KiB. */
  private static final int[] FRAME_HEADER = {0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38};

  private boolean begun;

  @Override
  public byte[] piece(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    begin(out);
    for (int at = 0; at < bytes.length; at += BLOCK) {
      int length = Math.min(BLOCK, bytes.length - at);
      block(out, length, 0);
      out.write(bytes, at, length);
    }
    return out.toByteArray();
  }

  @Override
  public byte[] end() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    begin(out);
    block(out, 0, 1);
    return out.toByteArray();
  }

  private void begin(ByteArrayOutputStream out) {
    if (!begun) {
      begun = true;
      for (int octet : FRAME_HEADER) {
        out.write(octet);
      }
    }
  }

  private static void block(ByteArrayOutputStream out, int length, int last) {
    int header = length << 3 | last;
    out.write(header);
    out.write(header >> 8);
    out.write(header >> 16);
  }
}
