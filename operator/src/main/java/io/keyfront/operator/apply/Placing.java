package io.keyfront.operator.apply;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.CommonBook;
import io.keyfront.operator.plan.Place;
import io.keyfront.operator.plan.Planned;
import io.keyfront.operator.plan.Plans;
import io.keyfront.operator.plan.TokenBook;
import io.keyfront.operator.plan.Upstream;
import io.keyfront.snapshot.PartName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes where in the snapshot each object is, and has those reconciled whose plan changed. */
final class Placing {
  /** An object whose part could not be written. */
  private record Latecomer(Kind kind, ObjectName name) {}

  private final Plans plans;
  private final PublishedParts published;
  private final Triggers triggers;
  private final Map<PartName, Set<Latecomer>> waiting = new HashMap<>();

  Placing(Plans plans, PublishedParts published, Triggers triggers) {
    this.plans = plans;
    this.published = published;
    this.triggers = triggers;
  }

  void tokens(TokenBook.Turn turn, World world, Publication.Outcome outcome) {
    turn.planned()
        .forEach(
            (name, maybe) -> {
              var token = world.tokens().get(name);
              if (token == null) {
                plans.remove(Kind.MACHINE_TOKEN, name);
                return;
              }
              Planned planned =
                  maybe.orElseGet(() -> Planned.of(token.getMetadata().getGeneration(), List.of()));
              place(Kind.MACHINE_TOKEN, name, planned, turn.shards().get(name), outcome);
            });
  }

  void common(CommonBook.Turn turn, Publication.Outcome outcome) {
    for (Kind kind : CommonBook.KINDS) {
      Map<ObjectName, Planned> now = Objects.requireNonNull(turn.planned().get(kind));
      for (ObjectName gone : Set.copyOf(plans.names(kind))) {
        if (!now.containsKey(gone)) {
          plans.remove(kind, gone);
        }
      }
      now.forEach(
          (name, planned) -> {
            Optional<Planned> before = plans.get(kind, name);
            if (kind == Kind.MODEL_ALIAS && before.filter(old -> stays(old, planned)).isPresent()) {
              return;
            }
            Planned based =
                kind == Kind.PROVIDER_CREDENTIAL ? based(name, planned, outcome) : planned;
            place(kind, name, based, turn.partOf(kind, name).orElse(null), outcome);
          });
    }
  }

  /** An alias that is as it was is where it was, whatever else is in its part. */
  private static boolean stays(Planned old, Planned now) {
    return old.generation() == now.generation()
        && old.findings().equals(now.findings())
        && old.place().isPresent()
        && old.trouble().isEmpty();
  }

  private void place(
      Kind kind,
      ObjectName name,
      Planned planned,
      @Nullable PartName part,
      Publication.Outcome outcome) {
    Optional<Planned> before = plans.get(kind, name);
    Planned placed = planned;
    if (part != null) {
      String trouble = outcome.troubles().get(part);
      if (trouble == null) {
        placed = at(planned, part, outcome, before);
      } else {
        placed = planned.inTrouble(trouble);
        await(part, new Latecomer(kind, name));
      }
    }
    plans.put(kind, name, placed);
    if (before.isEmpty() || !before.get().equals(placed)) {
      triggers.reconcile(kind, name);
    }
  }

  private Planned at(
      Planned planned, PartName part, Publication.Outcome outcome, Optional<Planned> before) {
    long sequence = sequence(part, outcome);
    if (sequence == 0) {
      return planned;
    }
    Optional<Place> old = before.flatMap(Planned::place);
    if (old.isPresent() && old.get().part().equals(part) && old.get().sequence() == sequence) {
      return planned.at(old.get());
    }
    return planned.at(new Place(part, sequence, System.nanoTime()));
  }

  /** 0 while it was never written. */
  private long sequence(PartName part, Publication.Outcome outcome) {
    Long written = outcome.sequences().get(part);
    return written != null
        ? written
        : published.get(part).map(PublishedParts.Published::sequence).orElse(0L);
  }

  /**
   * The base changes for many reasons; only a change of its provider's entry concerns a credential.
   */
  private Planned based(ObjectName name, Planned planned, Publication.Outcome outcome) {
    Optional<Upstream> now = planned.upstream();
    if (now.isEmpty()) {
      return planned;
    }
    Optional<Place> known =
        plans
            .get(Kind.PROVIDER_CREDENTIAL, name)
            .flatMap(Planned::upstream)
            .filter(old -> old.provider().equals(now.get().provider()))
            .flatMap(Upstream::place);
    if (known.isPresent()) {
      return planned.basedAt(known.get());
    }
    String trouble = outcome.troubles().get(PartName.BASE);
    if (trouble != null) {
      await(PartName.BASE, new Latecomer(Kind.PROVIDER_CREDENTIAL, name));
      return planned.inTrouble(trouble);
    }
    long sequence = sequence(PartName.BASE, outcome);
    return sequence == 0
        ? planned
        : planned.basedAt(new Place(PartName.BASE, sequence, System.nanoTime()));
  }

  private void await(PartName part, Latecomer late) {
    waiting.computeIfAbsent(part, one -> new HashSet<>()).add(late);
  }

  /** Those whose part could be written at last. */
  void latecomers(Publication.Outcome outcome) {
    outcome
        .sequences()
        .forEach(
            (part, sequence) -> {
              Set<Latecomer> late = waiting.remove(part);
              if (late != null) {
                late.forEach(one -> arrived(one, part, sequence));
              }
            });
  }

  private void arrived(Latecomer late, PartName part, long sequence) {
    plans
        .get(late.kind, late.name)
        .filter(planned -> planned.trouble().isPresent())
        .ifPresent(
            planned -> {
              Place where = new Place(part, sequence, System.nanoTime());
              boolean isBase = late.kind == Kind.PROVIDER_CREDENTIAL && part.equals(PartName.BASE);
              plans.put(late.kind, late.name, isBase ? planned.basedAt(where) : planned.at(where));
              triggers.reconcile(late.kind, late.name);
            });
  }
}
