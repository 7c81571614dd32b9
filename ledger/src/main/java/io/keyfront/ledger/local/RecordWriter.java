package io.keyfront.ledger.local;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Settlement;
import io.keyfront.core.money.Usage;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Writes one {@link Change} as a record, big-endian: bytes after the first 8 (4), CRC-32C of these
 * (4), sequence (8), kind of change (1), its fields. One is used again and again; {@link
 * RecordReader} reads what it writes.
 */
final class RecordWriter {
  static final int HEAD = 16;
  static final byte OPENED = 1;
  static final byte PLACED = 2;
  static final byte SETTLED = 3;
  static final byte RENEWED = 4;
  static final byte TOUCHED = 5;

  static final byte KNOWN = 1;
  static final byte RELEASED = 2;
  static final byte IN_DOUBT = 3;

  /** No limit. */
  static final long NONE = -1;

  private final CRC32C checksum = new CRC32C();
  private ByteBuffer buffer = ByteBuffer.allocate(1024);

  void opened(int number, AccountId id) {
    begin(OPENED, textBound(id.id()));
    buffer.putInt(number).put(KindCode.of(id.kind()));
    text(id.id());
  }

  void placed(long now, HoldId call, Amount amount, Party party) {
    begin(PLACED, textBound(call.callId()) + party.size() * 20);
    buffer.putLong(now);
    call(call);
    buffer.putLong(amount.nanoUsd()).putLong(amount.tokens()).putInt(party.size());
    for (int index = 0; index < party.size(); index++) {
      Limits limits = party.limits(index);
      buffer
          .putInt(party.entry(index).number)
          .putLong(limit(limits.requestsPerMinute()))
          .putLong(limit(limits.tokensPerMinute()));
    }
  }

  void settled(long now, HoldId call, long admitted, Settlement settlement, Party party) {
    begin(SETTLED, textBound(call.callId()) + party.size() * 4);
    buffer.putLong(now);
    call(call);
    buffer.putLong(admitted);
    switch (settlement) {
      case Settlement.Known(Usage usage, Amount charge) -> ending(KNOWN, usage, charge);
      case Settlement.Released released -> ending(RELEASED, Usage.NONE, Amount.ZERO);
      case Settlement.InDoubt(Usage proved, Amount charge) -> ending(IN_DOUBT, proved, charge);
    }
    numbers(party);
  }

  void renewed(long now, HoldId call, Party party) {
    begin(RENEWED, textBound(call.callId()) + party.size() * 4);
    buffer.putLong(now);
    call(call);
    numbers(party);
  }

  void touched(long now, int number) {
    begin(TOUCHED, 0);
    buffer.putLong(now).putInt(number);
  }

  /** Ends the record; {@link #bytes} then begins with it. */
  int seal(long sequence) {
    int length = buffer.position();
    buffer.putLong(8, sequence);
    checksum.reset();
    checksum.update(buffer.array(), 8, length - 8);
    buffer.putInt(0, length - 8).putInt(4, (int) checksum.getValue());
    return length;
  }

  byte[] bytes() {
    return buffer.array();
  }

  /** The largest fixed part has 81 bytes. */
  private void begin(byte kind, int variable) {
    if (buffer.capacity() < HEAD + 128 + variable) {
      buffer = ByteBuffer.allocate(2 * (HEAD + 128 + variable));
    }
    buffer.clear().position(HEAD).put(kind);
  }

  private void call(HoldId call) {
    text(call.callId());
    buffer.putInt(call.attempt());
  }

  private void ending(byte how, Usage usage, Amount charge) {
    buffer
        .put(how)
        .putLong(charge.nanoUsd())
        .putLong(charge.tokens())
        .putLong(usage.totalInput())
        .putLong(usage.output());
  }

  private void numbers(Party party) {
    buffer.putInt(party.size());
    for (int index = 0; index < party.size(); index++) {
      buffer.putInt(party.entry(index).number);
    }
  }

  private static long limit(OptionalLong limit) {
    return limit.orElse(NONE);
  }

  static int textBound(String text) {
    return 4 + 2 * text.length();
  }

  /**
   * Any characters, halves of surrogate pairs too: one byte each where that is enough, else two.
   */
  private void text(String text) {
    int start = buffer.position();
    buffer.putInt(text.length());
    for (int index = 0; index < text.length(); index++) {
      char next = text.charAt(index);
      if (next > 0xff) {
        wideText(start, text);
        return;
      }
      buffer.put((byte) next);
    }
  }

  private void wideText(int start, String text) {
    buffer.position(start).putInt(-text.length());
    for (int index = 0; index < text.length(); index++) {
      buffer.putChar(text.charAt(index));
    }
  }
}
