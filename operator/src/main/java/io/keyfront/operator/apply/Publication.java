package io.keyfront.operator.apply;

import io.keyfront.operator.report.Trouble;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartName;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Writes several parts at once, each by itself: one that fails keeps no other from being used. */
final class Publication {
  private static final System.Logger LOG = System.getLogger(Publication.class.getName());

  private final PartWriter writer;
  private final ExecutorService executor;
  private final OperatorMetrics metrics;

  Publication(PartWriter writer, ExecutorService executor, OperatorMetrics metrics) {
    this.writer = writer;
    this.executor = executor;
    this.metrics = metrics;
  }

  /**
   * What became of parts.
   *
   * @param sequences of those that lie there as they should
   * @param troubles of the others, for people
   */
  record Outcome(Map<PartName, Long> sequences, Map<PartName, String> troubles) {}

  Outcome publish(Collection<Part> parts) throws InterruptedException {
    Map<PartName, Long> sequences = new ConcurrentHashMap<>();
    Map<PartName, String> troubles = new ConcurrentHashMap<>();
    Map<PartName, Future<?>> running = new HashMap<>();
    for (Part part : parts) {
      running.put(
          part.name(),
          executor.submit(
              () ->
                  write(part, sequences).ifPresent(trouble -> troubles.put(part.name(), trouble))));
    }
    for (Future<?> write : running.values()) {
      Waiting.forEnd(write);
    }
    return new Outcome(Map.copyOf(sequences), Map.copyOf(troubles));
  }

  @SuppressWarnings("PMD.AvoidCatchingGenericException")
  private Optional<String> write(Part part, Map<PartName, Long> sequences) {
    try {
      sequences.put(part.name(), writer.write(part));
      return Optional.empty();
    } catch (PartTooLarge tooLarge) {
      metrics.notPublished(part.name().kind(), "TooLarge");
      return Optional.of(String.valueOf(tooLarge.getMessage()));
    } catch (RuntimeException failed) {
      Trouble trouble = Trouble.of(failed);
      metrics.notPublished(part.name().kind(), trouble.word().name());
      LOG.log(Level.WARNING, "Part {0} was not published: {1}", part.name(), trouble.sentence());
      return Optional.of("The snapshot could not be written. " + trouble.sentence());
    }
  }

  /** A part that is not needed any more goes; one that cannot go now is tried in the next round. */
  void delete(PartName part) {
    try {
      writer.delete(part);
    } catch (RuntimeException failed) {
      Trouble trouble = Trouble.of(failed);
      metrics.notPublished(part.kind(), trouble.word().name());
      LOG.log(Level.WARNING, "Part {0} was not removed: {1}", part, trouble.sentence());
    }
  }
}
