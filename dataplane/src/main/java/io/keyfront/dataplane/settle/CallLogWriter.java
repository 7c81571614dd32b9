package io.keyfront.dataplane.settle;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes call records in the background: event loops append to a list, a thread of its own swaps it
 * every {@value #FLUSH_MILLIS} ms, formats and writes. No loop is woken, none waits for the disk,
 * and formatting many at once costs less than one between two calls. When too much waits, records
 * are dropped and counted.
 */
public final class CallLogWriter implements CallLog, AutoCloseable {
  static final int FLUSH_MILLIS = 50;

  /** Of records that wait, as {@link #weight} estimates them. */
  static final int MAX_WAITING_BYTES = 16 << 20;

  private static final System.Logger LOG = System.getLogger(CallLogWriter.class.getName());
  private static final long FLUSH_NANOS = FLUSH_MILLIS * 1_000_000L;
  private static final int WRITTEN_AT_ONCE_CHARS = 64 << 10;
  private static final int TYPICAL_BYTES = 640;

  private final OutputStream out;
  private final CallRecordFormat format;
  private final AtomicLong dropped = new AtomicLong();
  private final StringBuilder lines = new StringBuilder(WRITTEN_AT_ONCE_CHARS + 4096);
  private final Thread flusher;
  private final Object lock = new Object();
  private List<CallRecord> waiting = new ArrayList<>();
  private int waitingBytes;
  private boolean closed;

  public CallLogWriter(OutputStream out, CallRecordFormat format) {
    this.out = out;
    this.format = format;
    this.flusher = Thread.ofPlatform().daemon().name("keyfront-call-log").start(this::run);
  }

  /** Records lost so far because too much waited. */
  public long dropped() {
    return dropped.get();
  }

  @Override
  public void record(CallRecord call) {
    int weight = weight(call);
    synchronized (lock) {
      if (closed || waitingBytes + weight > MAX_WAITING_BYTES) {
        dropped.incrementAndGet();
        return;
      }
      waiting.add(call);
      waitingBytes += weight;
    }
  }

  /** All but these texts is short, or shared with the configuration. */
  private static int weight(CallRecord call) {
    return TYPICAL_BYTES + call.path().length() + call.detail().length();
  }

  private void run() {
    List<CallRecord> spare = new ArrayList<>();
    boolean last = false;
    while (!last) {
      LockSupport.parkNanos(FLUSH_NANOS);
      List<CallRecord> full;
      synchronized (lock) {
        last = closed;
        full = waiting;
        waiting = spare;
        waitingBytes = 0;
      }
      write(full);
      full.clear();
      spare = full;
    }
  }

  private void write(List<CallRecord> calls) {
    for (CallRecord call : calls) {
      format.append(call, lines);
      if (lines.length() >= WRITTEN_AT_ONCE_CHARS) {
        flush();
      }
    }
    if (!lines.isEmpty()) {
      flush();
    }
  }

  private void flush() {
    try {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException cannotWrite) {
      LOG.log(Level.WARNING, "Call records cannot be written: {0}", cannotWrite.getMessage());
    }
    lines.setLength(0);
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
