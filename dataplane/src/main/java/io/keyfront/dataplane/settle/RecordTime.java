package io.keyfront.dataplane.settle;

import java.time.Instant;

/**
 * Writes moments as {@link Instant#toString} does, and remembers the second written last: under
 * load a thousand records share it, and the calendar is the dear part. For one thread.
 */
final class RecordTime {
  private long second = Long.MIN_VALUE;
  private String shown = "";

  void append(Instant time, StringBuilder line) {
    if (time.getEpochSecond() != second) {
      second = time.getEpochSecond();
      String whole = Instant.ofEpochSecond(second).toString();
      shown = whole.substring(0, whole.length() - 1);
    }
    line.append(shown);
    fraction(time.getNano(), line);
    line.append('Z');
  }

  /** Three, six or nine digits, whichever loses nothing; none for a whole second. */
  private static void fraction(int nanos, StringBuilder line) {
    if (nanos == 0) {
      return;
    }
    line.append('.');
    int rest = nanos;
    for (int unit = 100_000_000; unit > 0; unit /= 10) {
      if (rest == 0 && (unit == 100_000 || unit == 100)) {
        return;
      }
      line.append((char) ('0' + rest / unit));
      rest %= unit;
    }
  }
}
