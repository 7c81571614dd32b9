package io.keyfront.bench;

import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.Identity;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.dataplane.source.LiveSnapshot;
import io.keyfront.dataplane.source.PartFolder;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartCodec;
import io.keyfront.snapshot.PartName;
import io.keyfront.snapshot.Parts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What a configuration of many tokens costs a proxy. {@code make DIR TOKENS} writes parts; {@code
 * load DIR TOKENS} is a proxy's start with them and then changes of single tokens. Figures are for
 * people; nothing is asserted.
 */
public final class SnapshotBench {
  private static final int CHANGES = 200;
  private static final int LOOKUPS = 5_000_000;

  /** Seldom enough not to take a processor from what is measured. */
  private static final long LOAD_LOOK_NANOS = 1_000_000;

  private static final long CHANGE_LOOK_NANOS = 20_000;

  private SnapshotBench() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    int tokens = Integer.parseInt(arguments[2]);
    if (arguments[0].equals("make")) {
      make(folder, tokens);
    } else {
      load(folder, tokens);
    }
  }

  private static void make(Path folder, int tokens) throws IOException {
    Map<TokenHash, TokenPolicy> policies = new HashMap<>();
    for (int i = 0; i < tokens; i++) {
      policies.put(hash(i), policy(i, false));
    }
    Snapshot snapshot =
        new Snapshot(
            "", policies, List.of(), List.of(), ProviderCatalog.builtIn(), Settings.DEFAULT);
    long most = 0;
    long all = 0;
    for (Part part : Parts.of(snapshot)) {
      byte[] bytes = PartCodec.encode(part);
      most = Math.max(most, bytes.length);
      all += bytes.length;
      Path entry = Files.createDirectories(folder.resolve(part.name().toString()));
      Files.write(entry.resolve("part"), bytes);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d tokens: the largest part %,d KiB of %,d allowed, all parts %,d KiB%n",
        tokens,
        most >> 10,
        PartCodec.MAX_BYTES >> 10,
        all >> 10);
  }

  private static void load(Path folder, int tokens) throws IOException {
    long heap = usedHeap();
    long start = System.nanoTime();
    LiveSnapshot live = new LiveSnapshot(snapshot -> snapshot);
    PartFolder.read(folder, live);
    live.start();
    until(LOAD_LOOK_NANOS, () -> live.snapshot().tokens().size() == tokens);
    long end = System.nanoTime();
    System.out.printf(
        Locale.ROOT,
        "load: %d ms, %d ms since the start of the process, %d ms of processor time%n",
        (end - start) / 1_000_000,
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime(),
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis());
    System.out.printf(Locale.ROOT, "heap added: %d MiB%n", (usedHeap() - heap) >> 20);
    changes(live, tokens);
    lookups(live, tokens);
    live.close();
  }

  private static void changes(LiveSnapshot live, int tokens) {
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      int chosen = (int) ((i * 7_919L) % tokens);
      Part part = revoked(live, chosen);
      byte[] bytes = PartCodec.encode(part);
      long start = System.nanoTime();
      live.published(part.name(), 2 + i, bytes);
      until(CHANGE_LOOK_NANOS, () -> live.snapshot().token(hash(chosen)).orElseThrow().revoked());
      micros.add((System.nanoTime() - start) / 1_000);
    }
    List<Long> first = micros.subList(0, 1);
    List<Long> sorted = micros.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "one token's change, from its shard's bytes to the snapshot in use: first %.1f ms, median %.1f ms, worst of %d %.1f ms%n",
        first.getFirst() / 1_000.0,
        sorted.get(CHANGES / 2) / 1_000.0,
        CHANGES,
        sorted.getLast() / 1_000.0);
  }

  private static Part revoked(LiveSnapshot live, int chosen) {
    int shard = Parts.shardOf(account(chosen));
    Part.Tokens now = (Part.Tokens) live.assembly().part(PartName.tokens(shard)).orElseThrow();
    Map<TokenHash, TokenPolicy> policies = new HashMap<>(now.policies());
    policies.put(hash(chosen), policy(chosen, true));
    return new Part.Tokens(shard, policies);
  }

  private static void lookups(LiveSnapshot live, int tokens) {
    TokenHash[] hashes = new TokenHash[tokens];
    for (int i = 0; i < tokens; i++) {
      hashes[i] = hash(i);
    }
    Snapshot snapshot = live.snapshot();
    int found = 0;
    long nanos = 0;
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < LOOKUPS; i++) {
        found += snapshot.token(hashes[(int) ((i * 7_919L) % tokens)]).isPresent() ? 1 : 0;
      }
      nanos = System.nanoTime() - start;
    }
    System.out.printf(
        Locale.ROOT, "look-up: %d ns (%d found)%n", nanos / LOOKUPS, found / 3 / LOOKUPS);
  }

  private static TokenHash hash(int number) {
    return TokenHash.of("kf_fake-token-" + number);
  }

  private static String account(int number) {
    return new UUID(number * 0x9E3779B97F4A7C15L, ~number * 0xC2B2AE3D27D4EB4FL).toString();
  }

  private static TokenPolicy policy(int number, boolean revoked) {
    Budget budget =
        new Budget(
            OptionalLong.of((number % 50 + 1) * 1_000_000_000L),
            OptionalLong.empty(),
            Window.DAY,
            OnLedgerLoss.DENY);
    return new TokenPolicy(
        new Identity(
            account(number),
            "team-" + number % 200,
            "agent-" + number,
            TokenFormat.OPAQUE,
            Scope.of(List.of("anthropic:claude-*", "openai:gpt-5*")),
            Optional.of(Instant.ofEpochSecond(1_900_000_000L + number)),
            CidrSet.ANY,
            Limits.of(budget).withRequestsPerMinute(60),
            Optional.empty()),
        revoked);
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void until(long everyNanos, BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(everyNanos);
    }
  }
}
