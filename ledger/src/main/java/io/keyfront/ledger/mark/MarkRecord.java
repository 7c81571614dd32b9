package io.keyfront.ledger.mark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Window;
import io.keyfront.ledger.local.KindCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record of a {@link MarkFile}, big-endian: bytes after the first 8 (4), CRC-32C of these (4),
 * kind (1), its fields.
 */
sealed interface MarkRecord {
  int HEAD = 8;
  byte MARKED = 1;
  byte SEEN = 2;

  /** No id is longer, in bytes. */
  int MOST_TEXT = 1 << 16;

  /** The mark of an account from now on. */
  record Marked(AccountId account, Mark mark) implements MarkRecord {}

  /** What was seen last. */
  record Seen(Sighting sighting) implements MarkRecord {}

  /** The record as it is written. */
  default ByteBuffer bytes() {
    ByteBuffer out =
        switch (this) {
          case Marked(AccountId account, Mark mark) -> written(account, mark);
          case Seen(Sighting sighting) -> written(sighting);
        };
    out.flip();
    CRC32C checksum = new CRC32C();
    checksum.update(out.slice(HEAD, out.limit() - HEAD));
    return out.putInt(0, out.limit() - HEAD).putInt(4, (int) checksum.getValue());
  }

  private static ByteBuffer written(AccountId account, Mark mark) {
    byte[] id = account.id().getBytes(UTF_8);
    ByteBuffer out = ByteBuffer.allocate(HEAD + 256 + id.length).position(HEAD);
    out.put(MARKED).put(KindCode.of(account.kind())).putInt(id.length).put(id);
    out.putLong(mark.epoch())
        .putLong(mark.raised())
        .put((byte) Window.ALL.indexOf(mark.measured()));
    for (Mark.Part part : mark.parts()) {
      out.putLong(part.start()).putLong(part.most().nanoUsd()).putLong(part.most().tokens());
    }
    return out;
  }

  private static ByteBuffer written(Sighting sighting) {
    byte[] proxy = sighting.proxy().getBytes(UTF_8);
    return ByteBuffer.allocate(HEAD + 32 + proxy.length)
        .position(HEAD)
        .put(SEEN)
        .putInt(proxy.length)
        .put(proxy)
        .putLong(sighting.epoch())
        .putLong(sighting.beat())
        .put((byte) (sighting.last() ? 1 : 0));
  }

  /** The record at the buffer's position; null where there is none that is whole. */
  static @Nullable MarkRecord read(ByteBuffer from) {
    int start = from.position();
    int length = from.remaining() < HEAD ? 0 : from.getInt(start);
    if (length < 1 || length > from.remaining() - HEAD) {
      return null;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(from.slice(start + HEAD, length));
    if (from.getInt(start + 4) != (int) checksum.getValue()) {
      return null;
    }
    from.position(start + HEAD);
    byte kind = from.get();
    MarkRecord record =
        switch (kind) {
          case MARKED -> marked(from);
          case SEEN ->
              new Seen(new Sighting(text(from), from.getLong(), from.getLong(), from.get() == 1));
          default -> throw new IllegalArgumentException("A record of unknown kind " + kind);
        };
    from.position(start + HEAD + length);
    return record;
  }

  private static Marked marked(ByteBuffer from) {
    AccountId account = new AccountId(KindCode.kind(from.get()), text(from));
    long epoch = from.getLong();
    long raised = from.getLong();
    Window measured = Window.ALL.get(from.get());
    List<Mark.Part> parts = new ArrayList<>();
    for (int left = Window.ALL.size(); left > 0; left--) {
      parts.add(new Mark.Part(from.getLong(), new Amount(from.getLong(), from.getLong())));
    }
    return new Marked(account, new Mark(epoch, raised, measured, parts));
  }

  private static String text(ByteBuffer from) {
    byte[] text = new byte[Math.clamp(from.getInt(), 0, MOST_TEXT)];
    from.get(text);
    return new String(text, UTF_8);
  }
}
