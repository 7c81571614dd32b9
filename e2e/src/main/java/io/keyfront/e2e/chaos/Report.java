package io.keyfront.e2e.chaos;

import java.util.List;
import java.util.Locale;

/** What a person wants to read when a run is over. */
final class Report {
  private static final String ROW = "  %-12s %-19s %14s %14s %14s %11s %11s %9s %7s %7s %8s%n";

  private final StringBuilder text = new StringBuilder();

  private Report() {}

  static String of(Evidence evidence, List<String> broken) {
    Report report = new Report();
    report.accounts(evidence);
    report.counts(evidence);
    report.verdict(evidence, broken);
    return report.text.toString();
  }

  // The annotation that is missed is Error Prone's own, and no library of ours.
  @SuppressWarnings("AnnotateFormatMethod")
  private void add(String format, Object... parts) {
    text.append(String.format(Locale.ROOT, format, parts));
  }

  private void accounts(Evidence evidence) {
    add(
        ROW,
        "account",
        "highest limit",
        "bill USD",
        "spend USD",
        "by marks USD",
        "bill t",
        "spend t",
        "reserved",
        "billed",
        "counted",
        "in doubt");
    evidence.accounts().forEach(this::row);
  }

  private void row(Account account) {
    Books.Line line = account.line();
    add(
        ROW,
        account.name(),
        account.highest(),
        account.bill().usd(),
        line.spent().usd(),
        line.seeded().usd(),
        account.bill().tokens(),
        line.spent().tokens(),
        line.reserved().isNothing() ? "0" : line.reserved().usd(),
        account.billedCalls(),
        line.requests(),
        line.inDoubt());
  }

  private void counts(Evidence evidence) {
    add("%n  events:%n");
    evidence.events().forEach((kind, times) -> add("  %8d  %s%n", times, kind));
    add("%n  %s.%n", evidence.losses().text());
    add("%n  calls, by status and end:%n");
    evidence.tally().outcomes().forEach((outcome, times) -> add("  %8d  %s%n", times, outcome));
    add(
        "%n  %d of %d calls at one time; %d answers under a rate of %d a minute%n",
        evidence.tally().mostCapped(),
        Cast.named(Cast.CAPPED).concurrency().orElseThrow(),
        evidence.tally().answeredCapped(),
        Cast.named(Cast.CAPPED).requestsPerMinute().orElseThrow());
  }

  private void verdict(Evidence evidence, List<String> broken) {
    add("%n");
    broken.forEach(sentence -> add("  BROKEN  %s%n", sentence));
    add("%s  %s%n", broken.isEmpty() ? "HOLDS" : "BROKEN", evidence.options().words());
  }
}
