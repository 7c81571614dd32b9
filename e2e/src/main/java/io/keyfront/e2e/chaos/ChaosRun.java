package io.keyfront.e2e.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One attack, from the start of the processes to the verdict. */
public final class ChaosRun {
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration TO_SETTLE = Duration.ofSeconds(90);
  private static final Duration STEADY = Duration.ofSeconds(2);

  private final ChaosOptions options;
  private final Consumer<String> progress;
  private final Tally tally = new Tally();
  private final Map<String, Integer> events = new TreeMap<>();
  private final long startedNanos = System.nanoTime();

  private ChaosRun(ChaosOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Attacks and judges; no process is left behind.
   *
   * @param progress takes lines for people
   */
  public static Verdict run(ChaosOptions options, Consumer<String> progress) {
    return new ChaosRun(options, progress).run();
  }

  private Verdict run() {
    Path folder = folder();
    say("chaos %s".formatted(options.words()));
    Verdict verdict;
    try (Stage stage = new Stage(folder, options.scenario())) {
      verdict = run(stage, folder);
    } catch (RuntimeException failed) {
      say("failed; the logs are in " + folder);
      throw failed;
    }
    if (verdict.holds()) {
      delete(folder);
    } else {
      say("the logs are in " + folder);
    }
    return verdict;
  }

  private Verdict run(Stage stage, Path folder) {
    say("all processes run");
    long begun = System.nanoTime();
    Crowd crowd =
        new Crowd(options, stage.proxies().stream().map(ProxyProcess::address).toList(), tally);
    Thread ticker = Thread.ofVirtual().start(() -> tick(stage, begun));
    attack(stage, begun);
    crowd.join();
    long cappedNanos = tally.cappedNanos();
    join(ticker);
    say("the agents are gone; waiting for what is still held");
    ProviderBill bill = finalBill(stage);
    Books books = finalBooks(stage);
    Map<String, Limit> highest =
        Cast.PURSES.stream().collect(Collectors.toMap(Purse::name, stage.resources()::highest));
    Losses losses = Losses.read(folder);
    return Verdict.of(
        new Evidence(options, highest, bill, books, tally, events, losses, cappedNanos));
  }

  private void attack(Stage stage, long begun) {
    for (Plan.Step step : Plan.of(options).steps()) {
      Patience.pause(step.at().minusNanos(System.nanoTime() - begun));
      if (System.nanoTime() - begun > options.load().toNanos()) {
        return;
      }
      say(step.event().text());
      stage.play(step.event());
      events.merge(step.event().kind(), 1, Integer::sum);
    }
  }

  private void tick(Stage stage, long begun) {
    for (Duration at = TICK; at.compareTo(options.load()) < 0; at = at.plus(TICK)) {
      Patience.pause(at.minusNanos(System.nanoTime() - begun));
      stage
          .provider()
          .bill()
          .ifPresent(
              bill ->
                  say(
                      "%d calls, %s USD billed, %d streams open"
                          .formatted(tally.calls(), bill.total().usd(), bill.openStreams())));
    }
  }

  private static ProviderBill finalBill(Stage stage) {
    Supplier<Optional<ProviderBill>> last =
        () -> stage.provider().bill().filter(bill -> bill.openStreams() == 0);
    Patience.await(TO_SETTLE, "the provider serves nobody any more", () -> last.get().isPresent());
    return last.get().orElseThrow();
  }

  /** When nothing is reserved, or no hold can live any more; and nothing changes any more. */
  private static Books finalBooks(Stage stage) {
    Patience.await(TO_SETTLE, "a proxy and its ledger answer", () -> stage.books().isPresent());
    var unused =
        Patience.comes(
            RedisSite.LEASE.plus(TO_SETTLE),
            () -> stage.books().filter(Books::nothingIsReserved).isPresent());
    Optional<Books> before = stage.books();
    for (int tries = 0; tries < TO_SETTLE.dividedBy(STEADY); tries++) {
      Patience.pause(STEADY);
      Optional<Books> now = stage.books();
      if (now.isPresent() && now.equals(before)) {
        return now.get();
      }
      before = now;
    }
    throw new IllegalStateException("What the ledger says does not come to rest: " + before);
  }

  private synchronized void say(String what) {
    Duration since = Duration.ofNanos(System.nanoTime() - startedNanos);
    progress.accept("%4d.%d s  %s".formatted(since.toSeconds(), since.toMillisPart() / 100, what));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("keyfront-chaos");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
