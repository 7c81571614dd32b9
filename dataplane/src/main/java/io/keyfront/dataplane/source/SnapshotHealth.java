package io.keyfront.dataplane.source;

import io.keyfront.dataplane.manage.Condition;
import io.keyfront.snapshot.Assembly;
import io.keyfront.snapshot.PartName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Which parts run, for {@code /readyz} and {@code /metrics}. */
public final class SnapshotHealth implements Condition {
  private final LiveSnapshot live;
  private final InstantSource clock;
  private final Supplier<List<String>> told;
  private final Map<PartName.Kind, Long> loadedAt = new ConcurrentHashMap<>();

  /**
   * @param told what people should know besides: sentences
   */
  public SnapshotHealth(
      LiveSnapshot live, MeterRegistry metrics, InstantSource clock, Supplier<List<String>> told) {
    this.live = live;
    this.told = told;
    this.clock = clock;
    for (PartName.Kind kind : PartName.Kind.values()) {
      Tags tags = Tags.of("kind", kind.label());
      metrics.gauge("keyfront.snapshot.parts.loaded", tags, this, me -> me.loaded(kind));
      metrics.gauge("keyfront.snapshot.parts.refused", tags, this, me -> me.refused(kind));
      metrics.gauge("keyfront.snapshot.sequence", tags, this, me -> me.sequence(kind));
      metrics.gauge("keyfront.snapshot.age.seconds", tags, this, me -> me.age(kind));
    }
    live.onSwap(this::swapped);
  }

  private void swapped(Swap swap) {
    swap.accepted().forEach(part -> loadedAt.put(part.name().kind(), clock.millis()));
  }

  private long loaded(PartName.Kind kind) {
    return live.assembly().loaded().keySet().stream().filter(name -> name.kind() == kind).count();
  }

  private long refused(PartName.Kind kind) {
    return live.assembly().refusals().keySet().stream().filter(name -> name.kind() == kind).count();
  }

  /** The newest. */
  private long sequence(PartName.Kind kind) {
    return live.assembly().loaded().entrySet().stream()
        .filter(part -> part.getKey().kind() == kind)
        .mapToLong(Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  /** Seconds since one of the kind was taken over; -1 where none ever was. */
  private double age(PartName.Kind kind) {
    Long at = loadedAt.get(kind);
    return at == null ? -1 : Duration.ofMillis(clock.millis() - at).toSeconds();
  }

  @Override
  public boolean ready() {
    return live.assembly().hasBase();
  }

  @Override
  public String reason() {
    return "waiting for part base";
  }

  @Override
  public String json() {
    Assembly assembly = live.assembly();
    JsonObject loaded = new JsonObject();
    assembly.loaded().forEach((name, sequence) -> loaded.put(name.toString(), sequence));
    JsonObject refused = new JsonObject();
    assembly.refusals().forEach((name, refusal) -> refused.put(name.toString(), refusal.why()));
    return new JsonObject().put("loaded", loaded).put("refused", refused).encode();
  }

  @Override
  public String notes() {
    List<String> sentences = told.get();
    return sentences.isEmpty() ? "" : new JsonArray(sentences).encode();
  }
}
