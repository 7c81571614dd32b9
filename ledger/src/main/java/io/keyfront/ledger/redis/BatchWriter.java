package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyfront.core.ledger.Account;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.HoldId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the commands of one call of the script, in the form that {@code ledger.lua} reads. */
final class BatchWriter {
  /** The longest id of a call that is sent as it is, in bytes. */
  private static final int MOST_ID = 64;

  private static final int COUNT_AT = 3 * Double.BYTES;

  private final List<AccountId> accounts = new ArrayList<>();
  private ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
  private int commands;

  /**
   * @param clock microseconds of the epoch; 0 for the server's own
   */
  BatchWriter(long clock, Account.Rules rules) {
    number(clock).number(micros(rules.lease())).number(micros(rules.memory()));
    out.putShort((short) 0);
  }

  static long micros(Duration time) {
    return time.toNanos() / 1000;
  }

  /** Begins a command: every one names a call and the accounts that it touches. */
  BatchWriter command(int code, HoldId call, List<AccountId> touched) {
    byte[] id = id(call);
    room(3 + id.length + Short.BYTES * touched.size());
    out.put((byte) code).put((byte) id.length).put(id).put((byte) touched.size());
    for (AccountId account : touched) {
      out.putShort((short) index(account));
    }
    commands++;
    return this;
  }

  private static byte[] id(HoldId call) {
    byte[] id = (call.callId() + "/" + call.attempt()).getBytes(UTF_8);
    return id.length <= MOST_ID
        ? id
        : ("#" + Keys.hashed(call.callId()) + "/" + call.attempt()).getBytes(UTF_8);
  }

  /** A number of at most 2^53. */
  BatchWriter number(long value) {
    room(Double.BYTES);
    out.putDouble((double) value);
    return this;
  }

  /** One account more, outside of those of the command; 0 for none. */
  void also(AccountId account) {
    room(Short.BYTES);
    out.putShort((short) index(account));
  }

  void none() {
    room(Short.BYTES);
    out.putShort((short) 0);
  }

  /** Lua counts from 1. */
  private int index(AccountId account) {
    int known = accounts.indexOf(account);
    if (known >= 0) {
      return known + 1;
    }
    accounts.add(account);
    return accounts.size();
  }

  private void room(int bytes) {
    if (out.remaining() < bytes) {
      ByteBuffer larger = ByteBuffer.allocate(2 * (out.capacity() + bytes));
      out = larger.order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
    }
  }

  /** In the order of their indexes. */
  List<AccountId> accounts() {
    return accounts;
  }

  byte[] bytes() {
    out.putShort(COUNT_AT, (short) commands);
    return Arrays.copyOf(out.array(), out.position());
  }
}
