package io.keyfront.cli.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.keyfront.cli.CommandFailed;
import io.keyfront.cli.Keyfront;
import io.keyfront.cli.Surroundings;
import io.keyfront.cli.home.RunningServer;
import io.keyfront.cli.serve.Training;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code keyfront train}: what the launcher runs once to record which classes {@code serve} and the
 * other commands need, in the same process and by the same paths.
 */
@Command(name = "train", hidden = true, description = "Serve, answer a few mock calls, stop.")
public final class TrainCommand implements Callable<Integer> {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** Long enough for a list, a watch and a Lease. */
  private static final Duration CLUSTER_ROUND = Duration.ofSeconds(10);

  private static final List<String> TOKEN_COMMANDS =
      List.of(
          "token create trained --scope mock:*", "token list", "token show demo -o yaml", "usage");

  private final Surroundings around;

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--cluster",
      hidden = true,
      description = "Start once more as a proxy of the cluster whose API server is at hand.")
  private boolean cluster;

  public TrainCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = home.folder(around);
    Thread first = serve(folder);
    callOnce(folder, awaited(folder));
    stop(first);
    // The second start finds a home folder, and reads what the first one wrote.
    Thread second = serve(folder);
    awaited(folder);
    stop(second);
    if (cluster) {
      serveClusterOnce(folder.resolve("cluster"));
    }
    return 0;
  }

  /** It is never ready: nobody publishes what it could serve. */
  private void serveClusterOnce(Path folder) throws InterruptedException {
    String ledger = around.variable("KEYFRONT_LEDGER").map(" --ledger "::concat).orElse("");
    String serve =
        ("serve --snapshot secrets:training --snapshot-cache %s/cache --drain-grace 1s"
                + " --listen 127.0.0.1:0 --management 127.0.0.1:0%s")
            .formatted(folder, ledger);
    Thread proxy = Thread.ofPlatform().start(() -> run(folder, serve));
    Thread.sleep(CLUSTER_ROUND);
    stop(proxy);
  }

  private Thread serve(Path folder) {
    return Thread.ofPlatform()
        .start(() -> run(folder, "serve --listen 127.0.0.1:0 --management 127.0.0.1:0"));
  }

  private void callOnce(Path folder, RunningServer running)
      throws IOException, InterruptedException {
    TOKEN_COMMANDS.forEach(command -> run(folder, command));
    String demo = run(folder, "token show demo --reveal -o json");
    String token = new JsonMapper().readTree(demo).path("token").asText();
    Training.run(running.agents(), running.management(), token);
  }

  private static void stop(Thread server) throws InterruptedException {
    Training.stopServing();
    server.join();
  }

  /** Runs a command; nothing of the person's environment may lead it away from the folder. */
  private String run(Path folder, String command) {
    StringWriter out = new StringWriter();
    Surroundings alone =
        new Surroundings(Map.of(), new PrintWriter(out), around.err(), around.clock(), false);
    Stream<String> words = Stream.concat(Stream.of(command.split(" ")), Stream.of("--home"));
    Keyfront.run(alone, Stream.concat(words, Stream.of(folder.toString())).toArray(String[]::new));
    return out.toString();
  }

  private RunningServer awaited(Path folder) {
    Instant late = around.clock().instant().plus(START_WITHIN);
    Optional<RunningServer> running = RunningServer.of(folder);
    while (running.isEmpty() && around.clock().instant().isBefore(late)) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      running = RunningServer.of(folder);
    }
    return running.orElseThrow(() -> new CommandFailed("The server to train with did not start."));
  }
}
