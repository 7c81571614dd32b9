package io.keyfront.operator.apply;

import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.CommonBook;
import io.keyfront.operator.plan.Plans;
import io.keyfront.operator.plan.TokenBook;
import io.keyfront.operator.serve.OperatorMetrics;
import io.keyfront.snapshot.Part;
import io.keyfront.snapshot.PartName;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one publisher: takes what changed, compiles what it concerns, writes the parts whose bytes
 * differ, and has those reconciled whom it concerns. Rounds follow one another on one thread.
 */
public final class Rounds implements Runnable {
  private static final System.Logger LOG = System.getLogger(Rounds.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration READY_POLL = Duration.ofMillis(20);

  private final World world;
  private final Signals signals;
  private final CommonBook commonBook;
  private final TokenBook tokenBook;
  private final Plans plans;
  private final PublishedParts published;
  private final Publication publication;
  private final SecretReader reader;
  private final OperatorMetrics metrics;
  private final InstantSource clock;
  private final BooleanSupplier ready;
  private final Placing placing;

  private CommonBook.@Nullable Turn common;

  /** Parts that could not be written, to be tried again. */
  private final Set<PartName> failed = new HashSet<>();

  /** What a publisher works with. */
  public record Parts(
      World world,
      Signals signals,
      CommonBook commonBook,
      TokenBook tokenBook,
      Plans plans,
      PublishedParts published,
      InstantSource clock,
      OperatorMetrics metrics) {}

  /**
   * @param ready whether everything was seen once: before that nothing may be published, as what
   *     was not seen would be missing
   */
  Rounds(
      Parts parts,
      Publication publication,
      SecretReader reader,
      Triggers triggers,
      BooleanSupplier ready) {
    this.world = parts.world;
    this.signals = parts.signals;
    this.commonBook = parts.commonBook;
    this.tokenBook = parts.tokenBook;
    this.plans = parts.plans;
    this.published = parts.published;
    this.clock = parts.clock;
    this.metrics = parts.metrics;
    this.publication = publication;
    this.reader = reader;
    this.ready = ready;
    this.placing = new Placing(plans, published, triggers);
  }

  @Override
  public void run() {
    try {
      while (!ready.getAsBoolean()) {
        Thread.sleep(READY_POLL);
      }
      Signals.Changes changes = signals.await(Duration.ZERO);
      changes = everything(changes);
      while (!Thread.currentThread().isInterrupted()) {
        safely(changes);
        changes = signals.await(failed.isEmpty() && common != null ? Duration.ofDays(1) : RETRY);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Signals.Changes everything(Signals.Changes first) {
    Set<ObjectName> all = new HashSet<>(first.tokens());
    world.tokens().values().forEach(token -> all.add(ObjectName.of(token)));
    return new Signals.Changes(all, first.secrets(), first.parts(), true);
  }

  /** A round that fails is told and taken up again: it must never end the operator. */
  private void safely(Signals.Changes changes) throws InterruptedException {
    long start = System.nanoTime();
    try {
      round(changes);
    } catch (RuntimeException broken) {
      LOG.log(Level.ERROR, "A round failed and is tried again.", broken);
      metrics.notPublished(PartName.Kind.BASE, "INTERNAL");
      Thread.sleep(RETRY);
      changes.tokens().forEach(name -> signals.token(name, true));
      signals.common();
    }
    metrics.round(Duration.ofNanos(System.nanoTime() - start));
  }

  private void round(Signals.Changes changes) throws InterruptedException {
    reader.readWhatIsMissing();
    Map<PartName, Part> toWrite = new LinkedHashMap<>();
    Set<ObjectName> tokens = new HashSet<>(changes.tokens());
    changes.secrets().forEach(secret -> tokens.addAll(tokenBook.adopting(secret)));

    CommonBook.Turn before = common;
    boolean renewCommon = changes.common() || !changes.secrets().isEmpty() || before == null;
    CommonBook.Turn now = renewCommon || before == null ? commonBook.turn() : before;
    common = now;
    if (before != null && concernsAllTokens(before, now)) {
      tokens.addAll(tokenBook.names());
    }
    TokenBook.Turn turn = tokenBook.turn(tokens, now.compilation(), clock.instant());
    turn.touched().forEach(shard -> put(toWrite, tokenBook.part(shard)));
    if (renewCommon) {
      now.parts().forEach(part -> put(toWrite, part));
      removeStale(now);
    }
    // Also those that hold nothing any more: what was deleted meanwhile must not stay in use.
    again(before == null ? published.names() : changes.parts(), now, toWrite);
    again(Set.copyOf(failed), now, toWrite);

    Publication.Outcome outcome = publication.publish(List.copyOf(toWrite.values()));
    failed.removeAll(outcome.sequences().keySet());
    failed.addAll(outcome.troubles().keySet());
    placing.tokens(turn, world, outcome);
    if (renewCommon) {
      placing.common(now, outcome);
    }
    placing.latecomers(outcome);
  }

  /** Scopes are judged by the providers there are, and limits default to those of the settings. */
  private static boolean concernsAllTokens(CommonBook.Turn before, CommonBook.Turn now) {
    var old = before.compilation();
    var current = now.compilation();
    return !old.providers().keySet().equals(current.providers().keySet())
        || !old.settings().defaultLimits().equals(current.settings().defaultLimits());
  }

  private static void put(Map<PartName, Part> parts, Part part) {
    parts.put(part.name(), part);
  }

  private void removeStale(CommonBook.Turn now) {
    Set<PartName> needed = new TreeSet<>();
    now.parts().forEach(part -> needed.add(part.name()));
    for (PartName name : published.names()) {
      if (name.kind() == PartName.Kind.CREDENTIAL && !needed.contains(name)) {
        publication.delete(name);
        failed.remove(name);
      }
    }
  }

  private void again(Set<PartName> names, CommonBook.Turn now, Map<PartName, Part> toWrite) {
    for (PartName name : names) {
      current(name, now).ifPresentOrElse(part -> put(toWrite, part), () -> failed.remove(name));
    }
  }

  private Optional<Part> current(PartName name, CommonBook.Turn now) {
    return switch (name.kind()) {
      case TOKENS -> Optional.of(tokenBook.part(shard(name)));
      case BASE, CREDENTIAL ->
          now.parts().stream().filter(part -> part.name().equals(name)).findFirst();
    };
  }

  private static int shard(PartName name) {
    String text = name.toString();
    return Integer.parseInt(text.substring(text.lastIndexOf('-') + 1));
  }
}
