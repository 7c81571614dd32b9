package io.keyfront.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The judge: each promise is broken here on its own. */
class AccountTest {
  private static final Limit DIME = new Limit(OptionalLong.of(100_000_000), OptionalLong.of(900));
  private static final Spent BILL = Spent.ofNano(60_000_000, 600);
  private static final Books.Line KEPT = line(Spent.ofNano(70_000_000, 700), Spent.NOTHING);

  private static List<String> broken(
      Limit highest, Spent bill, Books.Line line, Scenario scenario) {
    List<String> broken = new ArrayList<>();
    new Account("a", highest, bill, 9, line).check(broken, scenario);
    return broken;
  }

  private static Books.Line line(Spent spent, Spent seeded) {
    return new Books.Line(spent, seeded, Spent.NOTHING, Spent.NOTHING, 9, 1);
  }

  private static List<String> broken(Limit highest, Spent bill, Books.Line line) {
    return broken(highest, bill, line, Scenario.BASE);
  }

  @Test
  void aBillWithinSpendWithinTheLimitBreaksNothing() {
    assertThat(broken(DIME, BILL, KEPT)).isEmpty();
    assertThat(broken(Limit.NONE, BILL, KEPT)).isEmpty();
  }

  @Test
  void aBillBeyondTheLimitIsTold() {
    Limit nickel = new Limit(OptionalLong.of(59_999_999), OptionalLong.empty());

    assertThat(broken(nickel, BILL, KEPT, Scenario.EMPTY))
        .singleElement()
        .asString()
        .contains("bills 0.060000 USD")
        .contains("limit 0.060000");
  }

  @Test
  void aBillOfMoreTokensThanTheLimitIsTold() {
    Limit few = new Limit(OptionalLong.empty(), OptionalLong.of(599));

    assertThat(broken(few, BILL, KEPT, Scenario.EMPTY))
        .singleElement()
        .asString()
        .contains("599 t");
  }

  @Test
  void aPicoDollarThatNobodyChargedIsTold() {
    Spent more = new Spent(KEPT.spent().picoUsd() + 1, 600);

    assertThat(broken(DIME, more, KEPT)).singleElement().asString().contains("less than the bill");
  }

  @Test
  void aTokenThatNobodyCountedIsTold() {
    Spent more = Spent.ofNano(60_000_000, 701);

    assertThat(broken(DIME, more, KEPT)).singleElement().asString().contains("less than the bill");
  }

  @Test
  void whatStaysReservedIsTold() {
    Books.Line holding =
        new Books.Line(KEPT.spent(), Spent.NOTHING, Spent.ofNano(1, 0), Spent.NOTHING, 9, 1);

    assertThat(broken(DIME, BILL, holding)).singleElement().asString().contains("stay reserved");
  }

  @Test
  void aCallThatIsOnNoBookIsToldWhereRedisKeepsThem() {
    Books.Line fewer =
        new Books.Line(KEPT.spent(), Spent.NOTHING, Spent.NOTHING, Spent.NOTHING, 8, 1);

    assertThat(broken(DIME, BILL, fewer))
        .singleElement()
        .asString()
        .contains("9 calls were billed");
    assertThat(broken(DIME, BILL, fewer, Scenario.FAILOVER)).hasSize(1);
    assertThat(broken(DIME, BILL, fewer, Scenario.EMPTY)).isEmpty();
  }

  @Test
  void chargingTwiceIsToldWhereRedisLosesNothing() {
    Books.Line twice = line(Spent.ofNano(100_000_001, 700), Spent.NOTHING);

    assertThat(broken(DIME, BILL, twice)).singleElement().asString().contains("beyond the highest");
    assertThat(broken(DIME, BILL, twice, Scenario.EMPTY)).isEmpty();
  }

  @Test
  void marksMayChargeBesideWhatCallsWereCharged() {
    Spent spent = Spent.ofNano(170_000_000, 900);

    assertThat(broken(DIME, BILL, line(spent, Spent.ofNano(70_000_000, 0)))).isEmpty();
    assertThat(broken(DIME, BILL, line(spent, Spent.ofNano(69_999_999, 0))))
        .singleElement()
        .asString()
        .contains("calls were charged 0.100001");
  }

  @Test
  void marksBeyondTheLimitAreTold() {
    Spent most = Spent.ofNano(100_000_001, 0);

    assertThat(broken(DIME, BILL, line(most, most)))
        .anySatisfy(sentence -> assertThat(sentence).contains("marks charged 0.100001"));
  }

  @Test
  void usingMoreThanWasHeldIsTold() {
    Books.Line over =
        new Books.Line(KEPT.spent(), Spent.NOTHING, Spent.NOTHING, Spent.ofNano(0, 1), 9, 1);

    assertThat(broken(DIME, BILL, over)).singleElement().asString().contains("more than was held");
  }

  @Test
  void anEmptyRedisForgetsOnlyWhatHasNoBudget() {
    Spent more = new Spent(KEPT.spent().picoUsd() + 1, 600);

    assertThat(broken(Limit.NONE, more, KEPT, Scenario.EMPTY)).isEmpty();
    assertThat(broken(Limit.NONE, more, KEPT, Scenario.FAILOVER)).isNotEmpty();
    assertThat(broken(DIME, more, KEPT, Scenario.EMPTY)).isNotEmpty();
  }
}
