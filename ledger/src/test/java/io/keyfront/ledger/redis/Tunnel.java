package io.keyfront.ledger.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A port of 127.0.0.1 that leads to another one: what passes may be delayed, and the line may be
 * cut at a word.
 */
final class Tunnel implements AutoCloseable {
  private final ServerSocket entrance;
  private final int target;
  private final ScheduledExecutorService courier = Executors.newSingleThreadScheduledExecutor();
  private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();
  private volatile long delayNanos;
  private volatile String cutAt = "";
  private volatile boolean cut;

  Tunnel(int port, int target) {
    this.target = target;
    try {
      entrance = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  /** What passes from now on takes so long, each way. */
  void delay(Duration time) {
    delayNanos = time.toNanos();
  }

  /** Before a request that has the word goes through, the line is dead, for new connections too. */
  void cutAt(String word) {
    cutAt = word;
  }

  boolean isCut() {
    return cut;
  }

  /** New connections go through again. */
  void repair() {
    cutAt = "";
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        join(entrance.accept());
      }
    } catch (IOException closed) {
      hangUp();
    }
  }

  private void join(Socket near) {
    sockets.add(near);
    try {
      if (cut) {
        throw new IOException("The line is dead.");
      }
      Socket far = new Socket(InetAddress.getByName("127.0.0.1"), target);
      sockets.add(far);
      Thread.ofVirtual().start(() -> pump(near, far, true));
      Thread.ofVirtual().start(() -> pump(far, near, false));
    } catch (IOException nobodyThere) {
      close(near);
    }
  }

  /** What comes from the client may be a word at which the line is cut. */
  private void pump(Socket from, Socket to, boolean questions) {
    byte[] buffer = new byte[64 * 1024];
    long last = 0;
    try {
      InputStream in = from.getInputStream();
      for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
        byte[] chunk = Arrays.copyOf(buffer, size);
        if (questions && !cutAt.isEmpty() && new String(chunk, ISO_8859_1).contains(cutAt)) {
          cut = true;
          hangUp();
          return;
        }
        last = Math.max(last, System.nanoTime() + delayNanos);
        deliver(chunk, to.getOutputStream(), last);
      }
      to.close();
    } catch (IOException gone) {
      close(to);
    }
  }

  /** In the order in which it came: what is due at the same time is told apart by its arrival. */
  private void deliver(byte[] chunk, OutputStream out, long due) {
    var unused =
        courier.schedule(
            () -> {
              out.write(chunk);
              out.flush();
              return true;
            },
            due - System.nanoTime(),
            TimeUnit.NANOSECONDS);
  }

  private void hangUp() {
    sockets.forEach(Tunnel::close);
    sockets.clear();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
    hangUp();
    courier.shutdownNow();
  }
}
