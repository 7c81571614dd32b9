package io.keyfront.protocols.bound;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How many bytes of UTF-8 the compatibility decomposition of each code point adds, at most 30.
 *
 * <p>Tables of 256 code points are made when one of them is first met: together they would cost
 * some 20 ms at start. Bounded: 512 tables, most of them the same empty one.
 */
final class Decompositions {
  /** Below it nothing grows. */
  static final int FIRST = 0xa0;

  /** From here on nothing grows: ideographs, whose forms are no longer, tags and private use. */
  static final int END = 0x20000;

  private static final int PAGE = 256;
  private static final byte[] NOTHING_GROWS = new byte[PAGE];
  private static final AtomicReferenceArray<byte[]> PAGES = new AtomicReferenceArray<>(END / PAGE);

  private Decompositions() {}

  static int surplus(int point) {
    if (point < FIRST || point >= END || isHangul(point)) {
      return 0;
    }
    byte[] page = PAGES.getAcquire(point >> 8);
    return (page == null ? made(point >> 8) : page)[point & 0xff];
  }

  /** A Hangul syllable's letters compose to it again, whatever follows: none of them reorders. */
  private static boolean isHangul(int point) {
    return point >= 0xac00 && point <= 0xd7a3;
  }

  private static byte[] made(int number) {
    byte[] page = new byte[PAGE];
    boolean grows = false;
    for (int i = 0; i < PAGE; i++) {
      page[i] = (byte) computed(number * PAGE + i);
      grows |= page[i] != 0;
    }
    byte[] kept = grows ? page : NOTHING_GROWS;
    PAGES.setRelease(number, kept);
    return kept;
  }

  private static int computed(int point) {
    if (!Character.isDefined(point) || Character.getType(point) == Character.SURROGATE) {
      return 0;
    }
    String all = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKD);
    return Math.max(0, all.getBytes(StandardCharsets.UTF_8).length - Utf8.length(point));
  }
}
