package io.keyfront.operator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server of its own, on a free port. */
public final class TestRedis implements AutoCloseable {
  private final int port;
  private final Process process;

  private TestRedis(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  public static TestRedis start() {
    try {
      int port = freePort();
      String binary = ExecutableProvider.newJarResourceProvider().get().toString();
      String[] command = {
        binary, "--save", "", "--appendonly", "no", "--port", "" + port, "--bind", "127.0.0.1"
      };
      Process process =
          new ProcessBuilder(command)
              .directory(Files.createTempDirectory("keyfront-operator-redis").toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new TestRedis(port, process);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
