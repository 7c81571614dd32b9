package io.keyfront.crds;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.keyfront.core.ledger.Limits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much may go through in a minute, and at once. Absent is without limit, 0 allows nothing; each
 * is 0..{@value #MOST}.
 *
 * @param requestsPerMinute calls in a minute; a burst of one minute's worth may pass at once; 0 to
 *     {@value #MOST}
 * @param tokensPerMinute input and output tokens in a minute; 0 to {@value #MOST}
 * @param concurrency calls at one time, each for as long as its answer streams; 0 to {@value #MOST}
 */
public record LimitsSpec(
    @Min(0) @Max(MOST) @Nullable Long requestsPerMinute,
    @Min(0) @Max(MOST) @Nullable Long tokensPerMinute,
    @Min(0) @Max(MOST) @Nullable Long concurrency) {
  public static final long MOST = Limits.MOST_PER_MINUTE;

  public List<Problem> problems() {
    var problems = new Problems();
    problems.range("requestsPerMinute", requestsPerMinute, 0, MOST);
    problems.range("tokensPerMinute", tokensPerMinute, 0, MOST);
    problems.range("concurrency", concurrency, 0, MOST);
    return problems.list();
  }

  /**
   * The limits in force.
   *
   * @throws IllegalArgumentException when a spec has problems
   */
  public static Limits limits(@Nullable LimitsSpec limits, @Nullable BudgetSpec budget) {
    return new Limits(
        Optional.ofNullable(budget).map(BudgetSpec::budget),
        limits == null ? OptionalLong.empty() : optional(limits.requestsPerMinute),
        limits == null ? OptionalLong.empty() : optional(limits.tokensPerMinute),
        limits == null ? OptionalLong.empty() : optional(limits.concurrency));
  }

  /** What limits would be written as, without their budget. */
  public static LimitsSpec of(Limits limits) {
    return new LimitsSpec(
        nullable(limits.requestsPerMinute()),
        nullable(limits.tokensPerMinute()),
        nullable(limits.concurrency()));
  }

  private static @Nullable Long nullable(OptionalLong limit) {
    return limit.isPresent() ? limit.getAsLong() : null;
  }

  static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
