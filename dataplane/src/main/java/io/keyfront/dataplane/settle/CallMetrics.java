package io.keyfront.dataplane.settle;

import io.keyfront.core.money.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counts calls: the {@code gen_ai.*} metrics of OpenTelemetry's semantic conventions, bucket
 * boundaries included, and Keyfront's own beside them.
 */
public final class CallMetrics implements CallLog {
  /** Model names come from callers: beyond so many, the rest are counted as {@code other}. */
  static final int MAX_SERIES = 2000;

  private static final double NANO = 1e9;
  private static final String OTHER = "other";
  private static final String NONE = "none";

  private static final Duration[] SECONDS =
      Stream.of(10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10240, 20480, 40960, 81920)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final double[] TOKENS = {
    1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864
  };

  private final MeterRegistry registry;
  private final Map<Key, Series> series = new ConcurrentHashMap<>();
  private final Map<Integer, Counter> byStatus = new ConcurrentHashMap<>();
  private final Map<String, Counter> byFault = new ConcurrentHashMap<>();
  private final Map<String, Counter> bySettlement = new ConcurrentHashMap<>();

  private record Key(String provider, String operation, String model) {}

  public CallMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void record(CallRecord call) {
    Series own = series(call);
    own.requests.increment();
    own.duration.record(call.durationNanos(), TimeUnit.NANOSECONDS);
    own.byProvider.record(call.durationNanos(), TimeUnit.NANOSECONDS);
    call.firstByteNanos().ifPresent(nanos -> own.firstChunk.record(nanos, TimeUnit.NANOSECONDS));
    call.usage().ifPresent(own::used);
    call.costNano().ifPresent(own::charged);
    count(byStatus, call.status(), this::statusCounter);
    call.code().ifPresent(code -> count(byFault, code, this::faultCounter));
    call.settlement().ifPresent(kind -> count(bySettlement, kind, this::settlementCounter));
  }

  /** Looks before it makes one: that takes no lock. */
  private static <K> void count(Map<K, Counter> counters, K key, Function<K, Counter> made) {
    Counter known = counters.get(key);
    (known == null ? counters.computeIfAbsent(key, made) : known).increment();
  }

  private Series series(CallRecord call) {
    // Only a call that was admitted has a model worth a series: refused ones may say anything.
    String model = call.settlement().isPresent() ? call.model().orElse(NONE) : NONE;
    Key key = new Key(call.provider().orElse(NONE), call.operation().orElse(NONE), model);
    Series known = series.get(key);
    if (known != null) {
      return known;
    }
    Key bounded = series.size() < MAX_SERIES ? key : new Key(OTHER, key.operation(), OTHER);
    return series.computeIfAbsent(bounded, Series::new);
  }

  private Counter statusCounter(int status) {
    return registry.counter("keyfront.responses", "status", Integer.toString(status));
  }

  private Counter faultCounter(String code) {
    return registry.counter("keyfront.faults", "code", code);
  }

  private Counter settlementCounter(String kind) {
    return registry.counter("keyfront.settlements", "kind", kind);
  }

  /** The meters of one provider, operation and model. */
  private final class Series {
    private final Counter requests;
    private final Counter input;
    private final Counter output;
    private final Counter cost;
    private final Timer duration;
    private final Timer byProvider;
    private final Timer firstChunk;
    private final DistributionSummary inputUsage;
    private final DistributionSummary outputUsage;

    Series(Key key) {
      Tags own = Tags.of("provider", key.provider(), "operation", key.operation());
      Tags genAi =
          Tags.of(
              "gen_ai.operation.name", key.operation(),
              "gen_ai.provider.name", key.provider(),
              "gen_ai.request.model", key.model());
      requests = registry.counter("keyfront.requests", own);
      input = registry.counter("keyfront.tokens", own.and("direction", "input"));
      output = registry.counter("keyfront.tokens", own.and("direction", "output"));
      cost = registry.counter("keyfront.cost.usd", own);
      duration = timer("gen_ai.client.operation.duration", genAi);
      byProvider = timer("keyfront.request.duration", own);
      firstChunk = timer("gen_ai.client.operation.time_to_first_chunk", genAi);
      inputUsage = usage(genAi.and("gen_ai.token.type", "input"));
      outputUsage = usage(genAi.and("gen_ai.token.type", "output"));
    }

    void used(Usage usage) {
      input.increment((double) usage.totalInput());
      output.increment((double) usage.output());
      inputUsage.record((double) usage.totalInput());
      outputUsage.record((double) usage.output());
    }

    /** A metric is a double, and nobody is billed by it: the ledger counts in whole nano-USD. */
    void charged(long nanoUsd) {
      if (nanoUsd != 0) {
        cost.increment(nanoUsd / NANO);
      }
    }

    private Timer timer(String name, Tags tags) {
      return Timer.builder(name).tags(tags).serviceLevelObjectives(SECONDS).register(registry);
    }

    private DistributionSummary usage(Tags tags) {
      return DistributionSummary.builder("gen_ai.client.token.usage")
          .tags(tags)
          .serviceLevelObjectives(TOKENS)
          .register(registry);
    }
  }
}
