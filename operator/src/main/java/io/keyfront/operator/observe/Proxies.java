package io.keyfront.operator.observe;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.keyfront.snapshot.PartName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The proxies and what they run, as their Leases say. A proxy counts as live while its Lease is
 * renewed, watched on the operator's own clock.
 */
public final class Proxies {
  /** A Lease that is so much older than now when it is first seen was left behind. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(5);

  private final Map<String, Proxy> all = new ConcurrentHashMap<>();
  private final LongSupplier nanos;
  private final Runnable listener;
  private volatile Set<String> lastLive = Set.of();
  private volatile long liveSince;

  /**
   * @param nanos a clock that never goes back
   * @param listener told when a proxy came, loaded something or was refused something
   */
  public Proxies(LongSupplier nanos, Runnable listener) {
    this.nanos = nanos;
    this.listener = listener;
    this.liveSince = nanos.getAsLong();
  }

  public Loaded loaded() {
    long now = nanos.getAsLong();
    List<Proxy> live = all.values().stream().filter(proxy -> proxy.isLive(now)).toList();
    return new Loaded(live, Duration.ofNanos(now - liveSince));
  }

  /** To be called now and then; whether proxies came or went since the last time. */
  public synchronized boolean tick() {
    long now = nanos.getAsLong();
    Set<String> live = new TreeSet<>();
    all.forEach(
        (name, proxy) -> {
          if (proxy.isLive(now)) {
            live.add(name);
          }
        });
    boolean changed = !live.equals(lastLive);
    if (changed) {
      lastLive = Set.copyOf(live);
      liveSince = now;
    }
    return changed;
  }

  /** A Lease as it is now. */
  void take(Lease lease, Instant wall) {
    Proxy now = Proxy.of(lease, nanos.getAsLong());
    Proxy before = all.get(now.name());
    if (before == null && isLeftBehind(now, wall)) {
      return;
    }
    boolean silent = before != null && before.renewedAt().equals(now.renewedAt());
    all.put(now.name(), silent && before != null ? now.seenAt(before.seenAt()) : now);
    if (before == null || !before.echo().equals(now.echo())) {
      tick();
      listener.run();
    }
  }

  private static boolean isLeftBehind(Proxy proxy, Instant wall) {
    return proxy.renewedAt().filter(at -> at.isBefore(wall.minus(LEFT_BEHIND))).isPresent();
  }

  void remove(String name) {
    if (all.remove(name) != null) {
      tick();
      listener.run();
    }
  }

  /**
   * What the live proxies run at one moment.
   *
   * @param unchangedFor since when the same proxies are live
   */
  public record Loaded(List<Proxy> live, Duration unchangedFor) {
    public int of() {
      return live.size();
    }

    public int count(PartName part, long sequence) {
      return Math.toIntExact(live.stream().filter(proxy -> proxy.runs(part, sequence)).count());
    }

    /** Why a proxy does not run a part, where it said so. */
    public Optional<String> refusal(PartName part) {
      return live.stream()
          .flatMap(proxy -> Stream.ofNullable(proxy.echo().refused().get(part)))
          .findFirst();
    }
  }
}
