package io.keyfront.operator.report;

import io.keyfront.compiler.finding.Finding;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.operator.observe.Proxies;
import io.keyfront.operator.observe.Proxy;
import io.keyfront.operator.plan.Place;
import io.keyfront.operator.plan.Planned;
import io.keyfront.operator.plan.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether an object is in use as it is now.
 *
 * @param verdict of the condition {@code Ready}
 * @param loadedBy how many of the live proxies run it; absent while it is in no part
 * @param settling it may well be ready in a moment, so that a report can wait
 */
public record Readiness(Verdict verdict, Optional<String> loadedBy, boolean settling) {
  /** Proxies need so long to load a part, as a rule. */
  private static final Duration LOADING = Duration.ofSeconds(3);

  /** A proxy that has just started needs so long to load everything. */
  private static final Duration STARTING = Duration.ofSeconds(5);

  /**
   * @param nanos now, by the clock of {@link Place#publishedAt}
   */
  public static Readiness of(Planned planned, Proxies.Loaded loaded, long nanos) {
    Optional<Finding> wrong = planned.findings().stream().filter(Finding::isError).findFirst();
    if (wrong.isPresent()) {
      return refused(ConditionReason.of(wrong.get().reason()), planned);
    }
    Optional<Finding> overridden =
        planned.findings().stream().filter(one -> one.reason() == Reason.OVERRIDDEN).findFirst();
    if (overridden.isPresent()) {
      return refused(ConditionReason.OVERRIDDEN, planned);
    }
    if (planned.trouble().isPresent()) {
      return new Readiness(
          Verdict.no(ConditionReason.NOT_PUBLISHED, planned.trouble().get()),
          Optional.empty(),
          false);
    }
    return planned
        .place()
        .filter(place -> planned.upstream().filter(way -> way.place().isEmpty()).isEmpty())
        .map(place -> placed(planned, places(planned, place), loaded, nanos))
        .orElseGet(
            () ->
                new Readiness(
                    Verdict.no(ConditionReason.NOT_PUBLISHED, "It is in no part of the snapshot."),
                    Optional.empty(),
                    true));
  }

  private static Readiness refused(ConditionReason reason, Planned planned) {
    return new Readiness(Verdict.no(reason, text(planned)), Optional.empty(), false);
  }

  /** A credential is of no use without its provider's entry in the base. */
  private static List<Place> places(Planned planned, Place own) {
    return Stream.concat(Stream.of(own), planned.upstream().flatMap(Upstream::place).stream())
        .toList();
  }

  private static boolean runsAll(Proxy proxy, List<Place> places) {
    return places.stream().allMatch(place -> proxy.runs(place.part(), place.sequence()));
  }

  private static Readiness placed(
      Planned planned, List<Place> places, Proxies.Loaded loaded, long nanos) {
    long count = loaded.live().stream().filter(proxy -> runsAll(proxy, places)).count();
    Optional<String> by = Optional.of(count + "/" + loaded.of());
    if (loaded.of() == 0) {
      return new Readiness(
          Verdict.no(
              ConditionReason.NO_PROXY, "No proxy is running: start one, it will load this."),
          by,
          loaded.unchangedFor().compareTo(STARTING) < 0);
    }
    if (count < loaded.of()) {
      boolean settling =
          places.stream().anyMatch(one -> nanos - one.publishedAt() < LOADING.toNanos())
              || loaded.unchangedFor().compareTo(STARTING) < 0;
      String why =
          places.stream()
              .flatMap(place -> loaded.refusal(place.part()).stream())
              .findFirst()
              .map(sentence -> " One refused it: " + sentence)
              .orElse("");
      return new Readiness(
          Verdict.no(
              ConditionReason.NOT_LOADED,
              "%d of %d live proxies run it as it is now.%s".formatted(count, loaded.of(), why)),
          by,
          settling);
    }
    String warnings = text(planned);
    return new Readiness(
        Verdict.yes(
            ConditionReason.VALID,
            warnings.isEmpty() ? "Every live proxy runs it." : "In use. Note: " + warnings),
        by,
        false);
  }

  private static String text(Planned planned) {
    return planned.findings().stream().map(Readiness::sentence).collect(Collectors.joining(" "));
  }

  /** Without the resource's own name, which whoever reads a condition knows. */
  private static String sentence(Finding finding) {
    String field = finding.field().isEmpty() ? "" : finding.field() + ": ";
    return field + finding.problem() + "; " + finding.fix() + ".";
  }

  Readiness withVerdict(Verdict other) {
    return new Readiness(other, loadedBy, settling);
  }
}
