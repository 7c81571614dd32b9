package io.keyfront.protocols.answer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the frames of one stream of server-sent events. A frame that ends within its piece is read
 * where it stands; one that does not is gathered, up to a bound, and beyond that read as it comes.
 */
final class FrameMeter {
  /** Largest frame that is gathered, in bytes; a larger one is never hidden. */
  static final int MAX_GATHERED = 64 * 1024;

  private static final byte[] NOTHING = {};
  private static final byte[] DONE = "data: [DONE]".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DONE_TIGHT = "data:[DONE]".getBytes(StandardCharsets.UTF_8);
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Meter meter;
  private final FieldPicker picker;
  private final JsonSkimmer skimmer;
  private final FrameLines lines;
  private byte[] gathered = NOTHING;
  private int gatheredLength;
  private boolean first = true;
  private boolean large;
  private boolean reading;

  FrameMeter(Meter meter) {
    this.meter = meter;
    this.picker = new FieldPicker(meter.fields(), meter::take);
    this.skimmer = new JsonSkimmer(picker);
    this.lines = new FrameLines(skimmer);
  }

  Reading reading() {
    return meter.reading();
  }

  boolean closed() {
    return meter.closed();
  }

  boolean failed() {
    return meter.failed();
  }

  /** Takes a stretch that ends the frame that is open. */
  void end(byte[] bytes, int from, int to) {
    if (large || outgrows(to - from)) {
      part(bytes, from, to);
    } else if (gatheredLength == 0) {
      begin(bytes, from, to, true);
    } else {
      gather(bytes, from, to);
      begin(gathered, 0, gatheredLength, true);
    }
  }

  /** Takes a stretch of the frame that is open; more of it follows. */
  void part(byte[] bytes, int from, int to) {
    if (large) {
      more(bytes, from, to);
    } else if (outgrows(to - from)) {
      int head = from + MAX_GATHERED - gatheredLength;
      gather(bytes, from, head);
      begin(gathered, 0, gatheredLength, false);
      gatheredLength = 0;
      large = true;
      more(bytes, head, to);
    } else {
      gather(bytes, from, to);
    }
  }

  /** Another frame begins: what was gathered of the last one is forgotten. */
  void next() {
    gatheredLength = 0;
    large = false;
  }

  /** Whether so many more bytes make the frame that is open larger than the bound. */
  boolean outgrows(int more) {
    return !large && gatheredLength + more > MAX_GATHERED;
  }

  /** Whether the frame that is open has outgrown the bound. */
  boolean isLarge() {
    return large;
  }

  /** What was gathered of the frame that is open; nothing once it is large. */
  byte[] gathered() {
    return gatheredLength == 0 ? NOTHING : Arrays.copyOf(gathered, gatheredLength);
  }

  /**
   * Whether the frame that ended is the one chunk that {@code include_usage} adds: no choices, and
   * a usage. (Azure's first chunk has no choices either, and no usage.)
   */
  boolean isUsageChunk() {
    return reading
        && !large
        && skimmer.isWhole()
        && picker.isEmptyList(Field.CHOICES)
        && picker.isObject(Field.USAGE);
  }

  private void begin(byte[] bytes, int from, int to, boolean whole) {
    boolean marked = first && ByteScan.isAt(bytes, from, to, MARK);
    int start = marked ? from + MARK.length : from;
    first = false;
    if (ByteScan.isAt(bytes, start, to, DONE) || ByteScan.isAt(bytes, start, to, DONE_TIGHT)) {
      meter.done();
      reading = false;
      return;
    }
    reading = meter.wants(bytes, start, to, whole);
    if (reading) {
      lines.restart();
      lines.feed(bytes, start, to);
    }
  }

  private void more(byte[] bytes, int from, int to) {
    if (reading) {
      lines.feed(bytes, from, to);
    }
  }

  private void gather(byte[] bytes, int from, int to) {
    int length = gatheredLength + to - from;
    if (length > gathered.length) {
      gathered = Arrays.copyOf(gathered, Math.max(length, Math.min(2 * length, MAX_GATHERED)));
    }
    System.arraycopy(bytes, from, gathered, gatheredLength, to - from);
    gatheredLength = length;
  }
}
