package io.keyfront.core.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.ledger.WindowSpend;
import io.keyfront.core.money.UsageTotals;
import io.keyfront.core.scope.Glob;
import io.keyfront.core.secret.SecretText;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class BudgetNoticesProperties {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static Webhook webhook(List<Integer> thresholds, String... events) {
    return new Webhook(
        "ops",
        URI.create("https://hooks.example.com"),
        SecretText.of("fake-webhook-key-0123"),
        List.of(events).stream().map(Glob::of).toList(),
        thresholds,
        false);
  }

  private static BudgetState state(long limit, long spent, Window window, Instant at) {
    Budget budget =
        new Budget(OptionalLong.of(limit), OptionalLong.empty(), window, OnLedgerLoss.DENY);
    List<WindowSpend> windows =
        Window.ALL.stream()
            .map(kind -> new WindowSpend(kind, kind.end(at), new Amount(spent, 1), Amount.ZERO))
            .toList();
    Standing standing =
        new Standing(
            AccountId.token("a"),
            at,
            new UsageTotals(0, 0, 0, 0, Optional.empty()),
            windows,
            0,
            Amount.ZERO);
    BudgetOwner owner = new BudgetOwner(AccountId.token("a"), "default", "agent", budget);
    return BudgetState.of(owner, standing).getFirst();
  }

  private static List<String> keys(BudgetState state, Webhook webhook) {
    return BudgetNotices.of(state, true, webhook).stream().map(Notice::key).toList();
  }

  @Property
  void thresholdIsReachedExactlyWhereSpendIsThatPartOfTheLimit(
      @ForAll @LongRange(min = 1, max = (1L << 53) - 1) long limit,
      @ForAll @LongRange(min = 0, max = (1L << 53) - 1) long spent,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    boolean reached =
        BigInteger.valueOf(spent)
                .multiply(BigInteger.valueOf(100))
                .compareTo(BigInteger.valueOf(limit).multiply(BigInteger.valueOf(percent)))
            >= 0;

    assertThat(state(limit, spent, Window.DAY, NOON).hasReached(percent)).isEqualTo(reached);
  }

  /** However often one looks, and at whatever moments of the window. */
  @Property
  void eachThresholdHasOneKeyInAWindow(
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 0, max = 30) Long> charges) {
    Webhook webhook = webhook(List.of(50, 80, 100), "budget.threshold");
    Set<String> told = new HashSet<>();
    List<Integer> newly = new ArrayList<>();
    long spent = 0;
    for (long charge : charges) {
      spent += charge;
      BudgetState now = state(100, spent, Window.DAY, NOON.plusSeconds(spent));
      for (Notice notice : BudgetNotices.of(now, true, webhook)) {
        if (told.add(notice.key())) {
          newly.add(((Notice.BudgetThreshold) notice).threshold());
        }
      }
    }

    long sum = spent;
    assertThat(newly)
        .containsExactlyElementsOf(
            webhook.thresholds().stream().filter(percent -> sum >= percent).toList());
  }

  @Property
  void anotherLimitOrWindowIsToldAnew(
      @ForAll @LongRange(min = 1, max = 1_000_000) long limit,
      @ForAll @LongRange(min = 1, max = 1_000_000) long more) {
    Webhook webhook = webhook(List.of(50, 100), "budget.*");
    long spent = limit + more;
    List<String> before = keys(state(limit, spent, Window.DAY, NOON), webhook);

    assertThat(before).hasSize(3).doesNotHaveDuplicates();
    assertThat(keys(state(limit + more, spent, Window.DAY, NOON), webhook))
        .hasSize(3)
        .doesNotContainAnyElementsOf(before);
    assertThat(keys(state(limit, spent, Window.DAY, NOON.plusSeconds(86_400)), webhook))
        .doesNotContainAnyElementsOf(before);
    assertThat(keys(state(limit, spent, Window.HOUR, NOON), webhook))
        .doesNotContainAnyElementsOf(before);
  }

  @Property
  void limitOfZeroHasNoThresholdAndIsExhaustedOnceSomebodyIsRefused(
      @ForAll @LongRange(min = 0, max = 1_000) long spent, @ForAll boolean refused) {
    List<Notice> notices =
        BudgetNotices.of(state(0, spent, Window.DAY, NOON), refused, webhook(List.of(1, 100), "*"));

    assertThat(notices)
        .hasSize(refused ? 1 : 0)
        .allMatch(notice -> notice.type() == NoticeType.BUDGET_EXHAUSTED);
  }

  @Property
  void webhookIsToldWhatItWants(@ForAll boolean thresholds, @ForAll boolean exhausted) {
    List<String> events = new ArrayList<>(List.of("token.*"));
    if (thresholds) {
      events.add("budget.threshold");
    }
    if (exhausted) {
      events.add("budget.exhausted");
    }
    Webhook webhook = webhook(List.of(50), events.toArray(String[]::new));

    assertThat(BudgetNotices.of(state(10, 10, Window.TOTAL, NOON), true, webhook))
        .hasSize((thresholds ? 1 : 0) + (exhausted ? 1 : 0));
    assertThat(webhook.watchesBudgets()).isEqualTo(thresholds || exhausted);
  }
}
