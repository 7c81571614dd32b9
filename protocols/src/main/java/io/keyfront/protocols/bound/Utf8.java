package io.keyfront.protocols.bound;

/** UTF-8 as RFC 3629 allows it: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
  private static final int MAX_TWO = 0x7ff;
  private static final int MAX_THREE = 0xffff;

  private Utf8() {}

  /** Bytes of a code point. */
  static int length(int point) {
    if (point < 0x80) {
      return 1;
    }
    if (point <= MAX_TWO) {
      return 2;
    }
    return point <= MAX_THREE ? 3 : 4;
  }

  /** The code point from U+0080 that begins here; -1 where the bytes are none. */
  static int at(byte[] bytes, int at) {
    int lead = bytes[at] & 0xff;
    int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) {
      return -1;
    }
    int point = lead & (0x7f >> length);
    for (int i = 1; i < length; i++) {
      int next = bytes[at + i];
      if ((next & 0xc0) != 0x80) {
        return -1;
      }
      point = (point << 6) | (next & 0x3f);
    }
    boolean legal =
        length(point) == length
            && point <= Character.MAX_CODE_POINT
            && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    return legal ? point : -1;
  }
}
