package io.keyfront.ledger.local;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads records one by one, up to the first that is torn, damaged, or not the next. */
final class RecordReader {
  private final ByteBuffer content;
  private final CRC32C checksum = new CRC32C();
  private long sequence;

  /**
   * @param content from a record's first byte on
   * @param sequence that record's
   */
  RecordReader(ByteBuffer content, long sequence) {
    this.content = content;
    this.sequence = sequence;
  }

  /** The sequence of the record that comes next. */
  long sequence() {
    return sequence;
  }

  /** The next change; null where there is none that can be trusted. */
  @Nullable Change next() {
    if (content.remaining() < RecordWriter.HEAD) {
      return null;
    }
    int start = content.position();
    int length = content.getInt(start);
    if (length < 9 || length > content.remaining() - 8) {
      return null;
    }
    checksum.reset();
    checksum.update(content.slice(start + 8, length));
    boolean intact = content.getInt(start + 4) == (int) checksum.getValue();
    if (!intact || content.getLong(start + 8) != sequence) {
      return null;
    }
    sequence++;
    content.position(start + RecordWriter.HEAD);
    Change change = change(content);
    content.position(start + 8 + length);
    return change;
  }

  private static Change change(ByteBuffer from) {
    byte kind = from.get();
    return switch (kind) {
      case RecordWriter.OPENED ->
          new Change.Opened(from.getInt(), new AccountId(KindCode.kind(from.get()), text(from)));
      case RecordWriter.PLACED ->
          new Change.Placed(
              from.getLong(), call(from), new Amount(from.getLong(), from.getLong()), places(from));
      case RecordWriter.SETTLED ->
          new Change.Settled(
              from.getLong(), call(from), from.getLong(), settlement(from), numbers(from));
      case RecordWriter.RENEWED -> new Change.Renewed(from.getLong(), call(from), numbers(from));
      case RecordWriter.TOUCHED -> new Change.Touched(from.getLong(), from.getInt());
      default -> throw new IllegalArgumentException("A record of unknown kind " + kind);
    };
  }

  private static HoldId call(ByteBuffer from) {
    return new HoldId(text(from), from.getInt());
  }

  private static Settlement settlement(ByteBuffer from) {
    byte how = from.get();
    Amount charge = new Amount(from.getLong(), from.getLong());
    Usage usage = Usage.of(from.getLong(), from.getLong());
    return switch (how) {
      case RecordWriter.KNOWN -> new Settlement.Known(usage, charge);
      case RecordWriter.RELEASED -> new Settlement.Released();
      case RecordWriter.IN_DOUBT -> new Settlement.InDoubt(usage, charge);
      default -> throw new IllegalArgumentException("A settlement of unknown kind " + how);
    };
  }

  private static List<Change.Place> places(ByteBuffer from) {
    List<Change.Place> places = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      places.add(new Change.Place(from.getInt(), limits(from.getLong(), from.getLong())));
    }
    return places;
  }

  private static Limits limits(long requests, long tokens) {
    Limits limits = Limits.NONE;
    if (requests != RecordWriter.NONE) {
      limits = limits.withRequestsPerMinute(requests);
    }
    return tokens == RecordWriter.NONE ? limits : limits.withTokensPerMinute(tokens);
  }

  private static List<Integer> numbers(ByteBuffer from) {
    List<Integer> numbers = new ArrayList<>();
    for (int left = from.getInt(); left > 0; left--) {
      numbers.add(from.getInt());
    }
    return numbers;
  }

  private static String text(ByteBuffer from) {
    int length = from.getInt();
    char[] text = new char[Math.abs(length)];
    for (int index = 0; index < text.length; index++) {
      text[index] = length < 0 ? from.getChar() : (char) (from.get() & 0xff);
    }
    return new String(text);
  }
}
