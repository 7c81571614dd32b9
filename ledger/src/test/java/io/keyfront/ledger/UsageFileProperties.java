package io.keyfront.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.money.UsageTotals;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

class UsageFileProperties {
  @Property(tries = 200)
  void whatWasWrittenIsReadBack(@ForAll("recorded") Map<AccountId, UsageTotals> recorded) {
    assertThat(UsageFile.read(UsageFile.write(recorded))).isEqualTo(recorded);
  }

  @Property(tries = 200)
  void garbageIsReadOrRefusedAndNothingElse(@ForAll byte[] content) {
    var thrown = catchThrowable(() -> UsageFile.read(content));

    if (thrown != null) {
      assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property(tries = 200)
  void damagedFileIsReadOrRefusedAndNothingElse(
      @ForAll("recorded") @NotEmpty Map<AccountId, UsageTotals> recorded,
      @ForAll @IntRange(max = 100_000) int at,
      @ForAll byte damage) {
    var content = UsageFile.write(recorded);
    content[at % content.length] = damage;

    var thrown = catchThrowable(() -> UsageFile.read(content));

    if (thrown != null) {
      assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A file cut within a line, as by a full disk, never passes for a whole one. */
  @Property(tries = 200)
  void fileThatWasCutWithinALineIsRefused(
      @ForAll("recorded") @NotEmpty Map<AccountId, UsageTotals> recorded,
      @ForAll @IntRange(min = 2, max = 12) int missing) {
    var content = UsageFile.write(recorded);
    var cut = Arrays.copyOf(content, content.length - missing);

    assertThat(catchThrowable(() -> UsageFile.read(cut)))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Provide
  Arbitrary<Map<AccountId, UsageTotals>> recorded() {
    var ids = Arbitraries.strings().all().ofMaxLength(12);
    var accounts =
        Combinators.combine(Arbitraries.of(AccountId.Kind.class), ids).as(AccountId::new);
    var counts = Arbitraries.longs().greaterOrEqual(0);
    var moments = Arbitraries.longs().between(-1, 9_999_999_999_999L).map(Instant::ofEpochMilli);
    var totals =
        Combinators.combine(counts, counts, counts, counts, moments.optional())
            .as(UsageTotals::new);
    return Arbitraries.maps(accounts, totals).ofMaxSize(6);
  }
}
