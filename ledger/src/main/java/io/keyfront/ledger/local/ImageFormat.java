package io.keyfront.ledger.local;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.AccountImage;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.HoldId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One account in a {@link Snapshot}: its fields in the order of their declaration, but for the
 * moments that its rates know, which come last and are missing in the first version.
 */
final class ImageFormat {
  static final int VERSION = 2;

  /** The first one that has what the arrival times of rates would be since some moments. */
  private static final int WITH_SINCE = 2;

  private ImageFormat() {}

  /** Reads one of several. */
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  static void write(DataOutputStream out, AccountImage image) throws IOException {
    out.writeByte(KindCode.of(image.id().kind()));
    text(out, image.id().id());
    longs(out, image.clock(), image.requests().arrival(), image.tokens().arrival());
    AccountImage.Used used = image.used();
    longs(out, used.requests(), used.input(), used.output(), used.inDoubt(), used.lastUsed());
    amount(out, used.overrun());
    out.writeInt(image.windows().size());
    for (AccountImage.Counted window : image.windows()) {
      longs(out, window.start(), window.spentNano(), window.spentTokens());
      longs(out, window.heldNano(), window.heldTokens());
    }
    out.writeInt(image.held().size());
    for (AccountImage.Open open : image.held()) {
      call(out, open.call());
      amount(out, open.amount());
      longs(out, open.admitted(), open.leaseEnd(), open.requests(), open.tokens());
    }
    out.writeInt(image.ended().size());
    for (AccountImage.Ended ended : image.ended()) {
      call(out, ended.call());
      longs(out, ended.at());
      out.writeBoolean(ended.swept());
      amount(out, ended.charged());
      longs(out, ended.admitted());
    }
    since(out, image.requests().since());
    since(out, image.tokens().since());
  }

  private static void since(DataOutputStream out, List<AccountImage.Since> moments)
      throws IOException {
    out.writeInt(moments.size());
    for (AccountImage.Since since : moments) {
      longs(out, since.moment(), since.arrival());
    }
  }

  /**
   * @param version of the snapshot, 1 to {@link #VERSION}
   */
  static AccountImage read(DataInputStream in, int version) throws IOException {
    AccountId id = new AccountId(KindCode.kind(in.readByte()), text(in));
    long clock = in.readLong();
    long requests = in.readLong();
    long tokens = in.readLong();
    AccountImage.Used used = used(in);
    List<AccountImage.Counted> windows = several(in, ImageFormat::counted);
    List<AccountImage.Open> held = several(in, ImageFormat::open);
    List<AccountImage.Ended> ended = several(in, ImageFormat::ended);
    return new AccountImage(
        id,
        clock,
        new AccountImage.Arrivals(requests, since(in, version)),
        new AccountImage.Arrivals(tokens, since(in, version)),
        used,
        windows,
        held,
        ended);
  }

  private static List<AccountImage.Since> since(DataInputStream in, int version)
      throws IOException {
    return version < WITH_SINCE
        ? List.of()
        : several(in, from -> new AccountImage.Since(from.readLong(), from.readLong()));
  }

  private static AccountImage.Used used(DataInputStream in) throws IOException {
    return new AccountImage.Used(
        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), amount(in));
  }

  private static AccountImage.Counted counted(DataInputStream in) throws IOException {
    return new AccountImage.Counted(
        in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  private static AccountImage.Open open(DataInputStream in) throws IOException {
    return new AccountImage.Open(
        call(in), amount(in), in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }

  private static AccountImage.Ended ended(DataInputStream in) throws IOException {
    return new AccountImage.Ended(
        call(in), in.readLong(), in.readBoolean(), amount(in), in.readLong());
  }

  private static <T> List<T> several(DataInputStream in, Reader<T> reader) throws IOException {
    List<T> read = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      read.add(reader.read(in));
    }
    return read;
  }

  private static void call(DataOutputStream out, HoldId call) throws IOException {
    text(out, call.callId());
    out.writeInt(call.attempt());
  }

  private static HoldId call(DataInputStream in) throws IOException {
    return new HoldId(text(in), in.readInt());
  }

  private static void amount(DataOutputStream out, Amount amount) throws IOException {
    longs(out, amount.nanoUsd(), amount.tokens());
  }

  private static Amount amount(DataInputStream in) throws IOException {
    return new Amount(in.readLong(), in.readLong());
  }

  private static void longs(DataOutputStream out, long... values) throws IOException {
    for (long value : values) {
      out.writeLong(value);
    }
  }

  /** Any characters, halves of surrogate pairs too. */
  private static void text(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  private static String text(DataInputStream in) throws IOException {
    char[] text = new char[in.readInt()];
    for (int index = 0; index < text.length; index++) {
      text[index] = in.readChar();
    }
    return new String(text);
  }
}
