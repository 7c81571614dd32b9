package io.keyfront.ledger.mark;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Marks as bytes, for stores that keep many of them in one value: some 200 bytes each. */
public final class MarkBytes {
  private static final Comparator<AccountId> ORDER =
      Comparator.comparing(AccountId::kind).thenComparing(AccountId::id);

  private MarkBytes() {}

  /** Equal marks give equal bytes. */
  public static byte[] of(Map<AccountId, Mark> marks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    marks.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .map(each -> new MarkRecord.Marked(each.getKey(), each.getValue()).bytes())
        .forEach(bytes -> out.write(bytes.array(), bytes.arrayOffset(), bytes.limit()));
    return out.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when it is not whole: a mark that is not read would let a
   *     ledger forget what was spent
   */
  public static Map<AccountId, Mark> read(byte[] bytes) {
    Map<AccountId, Mark> marks = new LinkedHashMap<>();
    ByteBuffer from = ByteBuffer.wrap(bytes);
    while (from.hasRemaining()) {
      if (!(MarkRecord.read(from) instanceof MarkRecord.Marked(AccountId account, Mark mark))) {
        throw new IllegalArgumentException(
            "Not marks from byte %d of %d on: restore them from a copy, or remove them and credit back what that costs."
                .formatted(from.position(), bytes.length));
      }
      marks.put(account, mark);
    }
    return marks;
  }
}
