package io.keyfront.dataplane;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server on loopback that saves every write, and can be killed, hung and started. */
public final class RedisUnderTest implements AutoCloseable {
  private final Path folder;
  private final int port;
  private Process process;

  private RedisUnderTest(Path folder, int port) throws IOException {
    this.folder = folder;
    this.port = port;
    this.process = spawn();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
  }

  public static RedisUnderTest start(Path folder) throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      int port = free.getLocalPort();
      free.close();
      RedisUnderTest redis = new RedisUnderTest(folder, port);
      redis.awaitAnswers();
      return redis;
    }
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  private Process spawn() throws IOException {
    List<String> command =
        List.of(
            ExecutableProvider.newJarResourceProvider().get().getPath(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("redis.log").toFile())
        .start();
  }

  private void awaitAnswers() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(5), US_ASCII).equals("+PONG");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** It keeps its connections, takes new ones, and says nothing. */
  void hang() throws IOException, InterruptedException {
    signal("STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again with all that it saved. */
  void startAgain() throws IOException {
    process = spawn();
    awaitAnswers();
  }

  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(stopped));
    }
  }
}
