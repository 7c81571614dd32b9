package io.keyfront.dataplane.settle;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Writes call records in the background: event loops append to a buffer, a thread of its own swaps
 * and writes it every {@value #FLUSH_MILLIS} ms. No loop is woken, none waits for the disk. When
 * the buffer is full, records are dropped and counted.
 */
public final class CallLogWriter implements CallLog, AutoCloseable {
  static final int FLUSH_MILLIS = 50;
  static final int MAX_BUFFERED_BYTES = 16 << 20;

  private static final System.Logger LOG = System.getLogger(CallLogWriter.class.getName());
  private static final long FLUSH_NANOS = FLUSH_MILLIS * 1_000_000L;
  private static final int FIRST_BYTES = 64 << 10;

  private final OutputStream out;
  private final Function<CallRecord, byte[]> format;
  private final AtomicLong dropped = new AtomicLong();
  private final Thread flusher;
  private final Object lock = new Object();
  private byte[] buffer = new byte[FIRST_BYTES];
  private int length;
  private boolean closed;

  public CallLogWriter(OutputStream out, Function<CallRecord, byte[]> format) {
    this.out = out;
    this.format = format;
    this.flusher = Thread.ofPlatform().daemon().name("keyfront-call-log").start(this::run);
  }

  /** Records lost so far because the buffer was full. */
  public long dropped() {
    return dropped.get();
  }

  @Override
  public void record(CallRecord call) {
    byte[] line = format.apply(call);
    synchronized (lock) {
      int needed = length + line.length;
      if (needed > MAX_BUFFERED_BYTES || closed) {
        dropped.incrementAndGet();
        return;
      }
      if (needed > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(needed, 2 * buffer.length));
      }
      System.arraycopy(line, 0, buffer, length, line.length);
      length = needed;
    }
  }

  private void run() {
    byte[] spare = new byte[FIRST_BYTES];
    boolean last = false;
    while (!last) {
      LockSupport.parkNanos(FLUSH_NANOS);
      byte[] full;
      int count;
      synchronized (lock) {
        last = closed;
        full = buffer;
        count = length;
        buffer = spare;
        length = 0;
      }
      write(full, count);
      spare = full;
    }
  }

  private void write(byte[] bytes, int count) {
    if (count == 0) {
      return;
    }
    try {
      out.write(bytes, 0, count);
      out.flush();
    } catch (IOException cannotWrite) {
      LOG.log(Level.WARNING, "Call records cannot be written: {0}", cannotWrite.getMessage());
    }
  }

  /** Writes what is buffered and stops. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    LockSupport.unpark(flusher);
    try {
      flusher.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
