package io.keyfront.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent in a window. 0 allows nothing.
 *
 * @param usd US dollars in a window, as a quoted decimal: {@code "0.05"}, {@code "100"}; at most
 *     nine digits behind the point and at most 9007199; {@code "0"} allows nothing
 * @param tokens input and output tokens in a window, 0 to {@value #TOKENS_MAX}
 * @param window what the budget is for: {@code Total} (the default), or each {@code Hour}, {@code
 *     Day}, {@code Week} (from Monday) or {@code Month}, by the calendar in UTC
 * @param onLedgerLoss what becomes of calls while the shared ledger is away: {@code Deny} (the
 *     default) refuses them, {@code Lease} serves them from a slice that each proxy reserved
 *     beforehand, {@code Allow} serves them and counts them later
 */
@ValidationRule(
    value = "has(self.usd) || has(self.tokens)",
    message = "has no limit; write usd, tokens or both")
public record BudgetSpec(
    @Size(max = USD_MAX)
        @ValidationRule(value = Cel.USD, message = "is not an amount; " + USD_FIX)
        @ValidationRule(
            value = Cel.USD_IN_RANGE,
            message = "is out of range; write at most 9007199")
        @Nullable String usd,
    @Min(0) @Max(TOKENS_MAX) @Nullable Long tokens,
    @Default("Total") @Choices({"Total", "Hour", "Day", "Week", "Month"}) @Nullable String window,
    @Default("Deny") @Choices({"Deny", "Lease", "Allow"}) @Nullable String onLedgerLoss) {
  public static final long TOKENS_MAX = Amount.MOST;

  private static final int USD_MAX = 17;
  private static final int NANO_DIGITS = 9;
  private static final String LEASE = name(OnLedgerLoss.LEASE);
  private static final Pattern USD = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,9})?");
  private static final String USD_FIX =
      "write USD as a quoted decimal with at most nine digits behind the point, like \"0.05\"";

  public List<Problem> problems() {
    var problems = new Problems();
    if (usd == null && tokens == null) {
      problems.add("", "has no limit", "write usd, tokens or both");
    }
    if (usd != null && !USD.matcher(usd).matches()) {
      problems.add("usd", "'" + usd + "' is not an amount", USD_FIX);
    } else if (usd != null
        && new BigDecimal(usd).movePointRight(NANO_DIGITS).longValueExact() > Amount.MOST) {
      problems.add("usd", "'" + usd + "' is out of range", "write at most 9007199");
    }
    problems.range("tokens", tokens, 0, TOKENS_MAX);
    choice(problems, "window", window, Window.values());
    choice(problems, "onLedgerLoss", onLedgerLoss, OnLedgerLoss.values());
    return problems.list();
  }

  /** What is wrong with the two together; {@code problems} is the resource's. */
  static void together(
      Problems problems, @Nullable LimitsSpec limits, @Nullable BudgetSpec budget) {
    boolean leased = budget != null && LEASE.equals(budget.onLedgerLoss);
    if (leased && limits != null && limits.concurrency() != null) {
      problems.add(
          "budget.onLedgerLoss",
          "'Lease' cannot be kept together with limits.concurrency, which nobody counts for all"
              + " proxies while the ledger is away",
          "write Deny or Allow, or leave limits.concurrency out");
    }
  }

  private static <E extends Enum<E>> void choice(
      Problems problems, String field, @Nullable String value, E[] choices) {
    if (value != null && find(value, choices).isEmpty()) {
      String names = Arrays.stream(choices).map(BudgetSpec::name).collect(Collectors.joining(", "));
      problems.add(field, "'" + value + "' is no choice", "write one of " + names);
    }
  }

  /** The name that the resource uses: {@code Total} for {@code TOTAL}. */
  public static String name(Enum<?> choice) {
    return choice.name().charAt(0) + choice.name().substring(1).toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> Optional<E> find(String value, E[] choices) {
    return Arrays.stream(choices).filter(choice -> name(choice).equals(value)).findFirst();
  }

  /**
   * The budget in force.
   *
   * @throws IllegalArgumentException when this spec has problems
   */
  public Budget budget() {
    OptionalLong nano =
        usd == null
            ? OptionalLong.empty()
            : OptionalLong.of(new BigDecimal(usd).movePointRight(NANO_DIGITS).longValueExact());
    return new Budget(
        nano,
        LimitsSpec.optional(tokens),
        window == null ? Window.TOTAL : find(window, Window.values()).orElseThrow(),
        onLedgerLoss == null
            ? OnLedgerLoss.DENY
            : find(onLedgerLoss, OnLedgerLoss.values()).orElseThrow());
  }

  /** What a budget would be written as. */
  public static BudgetSpec of(Budget budget) {
    return new BudgetSpec(
        budget.nanoUsd().isEmpty()
            ? null
            : BigDecimal.valueOf(budget.nanoUsd().getAsLong(), NANO_DIGITS)
                .stripTrailingZeros()
                .toPlainString(),
        budget.tokens().isEmpty() ? null : budget.tokens().getAsLong(),
        name(budget.window()),
        name(budget.onLedgerLoss()));
  }
}
