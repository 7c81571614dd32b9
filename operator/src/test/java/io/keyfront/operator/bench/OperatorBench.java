package io.keyfront.operator.bench;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.keyfront.core.scope.Target;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.ModelAlias;
import io.keyfront.crds.ProviderCredential;
import io.keyfront.crds.testing.RealApiServer;
import io.keyfront.operator.testing.FakeProxy;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * {@code storm N}: N resources reconciled from cold. {@code tokens N}: one token's change among N.
 * The operator is a process of its own, as in its image.
 */
public final class OperatorBench implements AutoCloseable {
  private static final int KEYS_IN_A_SECRET = 5_000;

  private final RealApiServer server = RealApiServer.get().withCrds();
  private final KubernetesClient client = server.newClient();
  private final String system = server.freshNamespace();
  private final String proxies = server.freshNamespace();
  private final String team = server.freshNamespace();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final FakeProxy proxy = new FakeProxy(client, proxies, "one", 15);
  private final List<Process> processes = new ArrayList<>();
  private int port;

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    try (OperatorBench bench = new OperatorBench()) {
      if (arguments[0].equals("storm")) {
        bench.storm(count);
      } else {
        bench.tokens(count);
      }
    }
    System.exit(0);
  }

  private void storm(int count) throws Exception {
    int others = count / 5;
    int tokens = count - 2 * others;
    all(tokens, i -> create(MachineToken.class, "t" + i, "format: Opaque\nscopes: [mock]"));
    all(
        others,
        i -> {
          secret("k" + i, Map.of("key", "sk-fake-" + i));
          create(
              ProviderCredential.class,
              "c" + i,
              "provider: openai\nweight: 1\nauth: {apiKey: {secretRef: {name: k%d, key: key}}}"
                  .formatted(i));
        });
    all(
        others,
        i ->
            create(
                ModelAlias.class,
                "a" + i,
                "match: {model: m%d}\ntargets: [{provider: openai, weight: 1, priority: 0}]"
                    .formatted(i)));
    ApiCalls before = ApiCalls.of(client);
    long start = System.nanoTime();
    Process operator = operator();
    until(() -> proxy.snapshot().tokens().size() == tokens, Duration.ofMinutes(5));
    print("tokens in the proxy's snapshot", seconds(start) + " s");
    until(() -> ready() == count, Duration.ofMinutes(5));
    print(count + " resources ready from cold (with the JVM's start)", seconds(start) + " s");
    print("resident memory of the operator", rss(operator) + " MiB");
    print("processor time of the operator", cpu(operator));
    ApiCalls.of(client).since(before).print();
  }

  private long ready() {
    // From the operator's own count: listing everything would be load of its own.
    return Scrape.readyResources(port);
  }

  private void tokens(int count) throws Exception {
    int secrets = Math.ceilDiv(count, KEYS_IN_A_SECRET);
    for (int s = 0; s < secrets; s++) {
      int first = s * KEYS_IN_A_SECRET;
      Map<String, String> texts = new HashMap<>();
      IntStream.range(first, Math.min(count, first + KEYS_IN_A_SECRET))
          .forEach(i -> texts.put("t" + i, plaintext(i)));
      secret("s" + s, texts);
    }
    long made = System.nanoTime();
    all(
        count,
        i ->
            create(
                MachineToken.class,
                "t" + i,
                "format: Opaque\nscopes: [mock]\ntokenFrom: {secretRef: {name: s%d, key: t%d}}"
                    .formatted(i / KEYS_IN_A_SECRET, i)));
    print(count + " tokens made as objects", seconds(made) + " s");
    long start = System.nanoTime();
    Process operator = operator();
    until(() -> proxy.snapshot().tokens().size() == count, Duration.ofMinutes(10));
    print("all tokens in the proxy's snapshot (with the JVM's start)", seconds(start) + " s");
    changes(count, "while statuses are still written");
    print("resident memory of the operator", rss(operator) + " MiB");
    until(() -> ready() == count, Duration.ofMinutes(30));
    print("all tokens ready", seconds(start) + " s");
    changes(count, "at rest");
    print("resident memory of the operator", rss(operator) + " MiB");
  }

  private void changes(int count, String when) throws InterruptedException {
    List<Long> millis = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      int i = (round * 7919 + 13) % count;
      String model = "m" + System.nanoTime();
      long start = System.nanoTime();
      client
          .resources(MachineToken.class)
          .inNamespace(team)
          .withName("t" + i)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"scopes\":[\"openai:" + model + "\"]}}");
      until(
          () ->
              proxy
                  .snapshot()
                  .token(TokenHash.of(plaintext(i)))
                  .filter(one -> one.identity().scope().allows(new Target("openai", model)))
                  .isPresent(),
          Duration.ofSeconds(30));
      millis.add((System.nanoTime() - start) / 1_000_000);
    }
    millis.sort(null);
    print(
        "one token's change from patch to the proxy, " + when,
        "median %d ms, worst %d ms".formatted(millis.get(10), millis.getLast()));
  }

  private static String plaintext(int i) {
    return "fake-token-of-the-operators-bench-%08d".formatted(i);
  }

  private Process operator() throws IOException, InterruptedException {
    Path kubeconfig = Files.createTempFile("keyfront-bench", ".yaml");
    Files.writeString(kubeconfig, server.kubeconfig());
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(System.getProperty("bench.jvm", "-XX:+UseSerialGC").split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            "io.keyfront.operator.Main",
            "--namespace=" + system,
            "--proxy-namespace=" + proxies,
            "--watch-namespaces=" + team,
            "--listen=127.0.0.1:" + port));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.redirectOutput(Files.createTempFile("keyfront-operator", ".log").toFile());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private <R extends HasMetadata> void create(Class<R> kind, String name, String spec) {
    String yaml =
        "apiVersion: keyfront.io/v1alpha1\nkind: %s\nmetadata: {namespace: %s, name: %s}\nspec:\n%s"
            .formatted(kind.getSimpleName(), team, name, spec.indent(2));
    var unused = client.resource(Serialization.unmarshal(yaml, kind)).create();
  }

  private void secret(String name, Map<String, String> texts) {
    var unused =
        client
            .resource(
                new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(team)
                    .withName(name)
                    .endMetadata()
                    .withStringData(texts)
                    .build())
            .create();
  }

  private void all(int count, IntConsumer each) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      running.add(threads.submit(() -> each.accept(number)));
    }
    for (Future<?> one : running) {
      one.get();
    }
  }

  private static void until(BooleanSupplier done, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("It took longer than " + most + ".");
      }
      Thread.sleep(Duration.ofMillis(most.compareTo(Duration.ofMinutes(1)) > 0 ? 200 : 2));
    }
  }

  private static String cpu(Process process) {
    Duration used = process.info().totalCpuDuration().orElse(Duration.ZERO);
    return used.toMillis() / 1000 + "." + used.toMillis() / 100 % 10 + " s";
  }

  private static long rss(Process process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static String seconds(long start) {
    long tenths = (System.nanoTime() - start) / 100_000_000;
    return tenths / 10 + "." + tenths % 10;
  }

  static void print(String what, String figure) {
    System.out.println(what + ": " + figure);
  }

  @Override
  public void close() {
    processes.forEach(process -> process.destroy());
    processes.forEach(process -> process.onExit().join());
    proxy.close();
    threads.shutdownNow();
    client.close();
  }
}
