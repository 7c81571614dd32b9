package io.keyfront.e2e.chaos;

import io.keyfront.testkit.FakeProviderMain;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fake provider in a process of its own, which nobody attacks: it keeps the bill. */
final class ProviderProcess implements AutoCloseable {
  /** Events that are billed although they are not sent, as a model runs ahead of its delivery. */
  private static final int AHEAD = 40;

  private final int port = Web.freePort();
  private final Web web;
  private final Child child;

  ProviderProcess(Path folder, Web web) {
    this.web = web;
    Path ready = folder.resolve("provider.ready");
    List<String> arguments =
        List.of("--port", "" + port, "--ready-file", "" + ready, "--bill-ahead", "" + AHEAD);
    this.child =
        Child.start(
            Child.java("256m", FakeProviderMain.class.getName(), arguments),
            Map.of(),
            folder.resolve("provider.log"));
    Patience.await(Duration.ofSeconds(60), "the fake provider starts", () -> Files.exists(ready));
  }

  String endpoint() {
    return "http://127.0.0.1:%d/v1".formatted(port);
  }

  /** Empty when a busy machine keeps the provider from answering in time. */
  Optional<ProviderBill> bill() {
    return web.get(URI.create("http://127.0.0.1:%d/__totals".formatted(port)))
        .map(ProviderBill::read);
  }

  @Override
  public void close() {
    child.kill();
  }
}
