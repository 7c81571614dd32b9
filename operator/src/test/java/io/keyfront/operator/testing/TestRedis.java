package io.keyfront.operator.testing;

import io.keyfront.testkit.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      return new TestRedis(port, started(folder(), List.of("--port", "" + port)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One that takes nobody without TLS. */
  public static TestRedis startTls(TestCertificates identity) {
    try {
      int port = freePort();
      Path folder = folder();
      Files.writeString(folder.resolve("crt"), identity.certificatePem());
      Files.writeString(folder.resolve("key"), identity.keyPem());
      Files.writeString(folder.resolve("ca"), identity.caPem());
      String tls =
          "--port 0 --tls-port %d --tls-cert-file crt --tls-key-file key --tls-ca-cert-file ca --tls-auth-clients no"
              .formatted(port);
      return new TestRedis(port, started(folder, List.of(tls.split(" "))));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path folder() throws IOException {
    return Files.createTempDirectory("keyfront-operator-redis");
  }

  private static Process started(Path folder, List<String> more) throws IOException {
    String binary = ExecutableProvider.newJarResourceProvider().get().toString();
    List<String> command =
        new ArrayList<>(List.of(binary, "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"));
    command.addAll(more);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
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
