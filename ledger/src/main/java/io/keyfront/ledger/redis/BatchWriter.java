package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
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

  private static final int COUNT_AT = 4 * Double.BYTES;

  /** What ends the keys that the script derives from an account's, after a colon. */
  private static final byte[] DERIVED = {'h', 'l', 'e', 'w', 's'};

  private final Keys names;
  private final Gate gate;

  /** What a key is of, in the order of their indexes: an account, or its own text. */
  private final List<Object> owners = new ArrayList<>();

  private final List<byte[]> keys = new ArrayList<>();
  private ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
  private int commands;

  /**
   * @param clock microseconds of the epoch; 0 for the server's own
   * @param sum whether the account of everything is in reach of the script
   */
  BatchWriter(long clock, Account.Rules rules, Gate gate, Keys names, boolean sum) {
    this.names = names;
    this.gate = gate;
    number(clock).number(micros(rules.lease())).number(micros(rules.memory()));
    number(gate.epoch());
    out.putShort((short) 0);
    out.putShort((short) (sum ? index(AccountId.EVERYTHING) : 0));
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

  /** The ledger's epoch, by what is known when this is written. */
  long epoch() {
    return gate.epoch();
  }

  /** The key that says when budgets are open; 0 where there is none. */
  BatchWriter opening() {
    room(Short.BYTES);
    out.putShort((short) gate.key().map(this::index).orElse(0).intValue());
    return this;
  }

  /** A key that belongs to no account. */
  BatchWriter key(String key) {
    room(Short.BYTES);
    out.putShort((short) index(key));
    return this;
  }

  /** One account more, outside of those of the command; 0 for none. */
  BatchWriter also(AccountId account) {
    room(Short.BYTES);
    out.putShort((short) index(account));
    return this;
  }

  BatchWriter none() {
    room(Short.BYTES);
    out.putShort((short) 0);
    return this;
  }

  /** Lua counts from 1. */
  private int index(AccountId account) {
    int known = owners.indexOf(account);
    return known >= 0 ? known + 1 : add(account, names.of(account));
  }

  private int index(String key) {
    int known = owners.indexOf(key);
    return known >= 0 ? known + 1 : add(key, key.getBytes(US_ASCII));
  }

  private int add(Object owner, byte[] key) {
    owners.add(owner);
    keys.add(key);
    return keys.size();
  }

  private void room(int bytes) {
    if (out.remaining() < bytes) {
      ByteBuffer larger = ByteBuffer.allocate(2 * (out.capacity() + bytes));
      out = larger.order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
    }
  }

  /** In the order of their indexes. */
  List<byte[]> keys() {
    return keys;
  }

  /**
   * The same, and those that the script derives of them. A cluster has to know them all: while a
   * slot moves, keys that are there and keys that are not would else be found in one call, and it
   * would end in the middle.
   */
  List<byte[]> allKeys() {
    List<byte[]> all = new ArrayList<>(keys);
    for (int i = 0; i < owners.size(); i++) {
      if (owners.get(i) instanceof AccountId) {
        for (byte derived : DERIVED) {
          byte[] key = Arrays.copyOf(keys.get(i), keys.get(i).length + 2);
          key[key.length - 2] = ':';
          key[key.length - 1] = derived;
          all.add(key);
        }
      }
    }
    return all;
  }

  byte[] bytes() {
    out.putShort(COUNT_AT, (short) commands);
    return Arrays.copyOf(out.array(), out.position());
  }
}
