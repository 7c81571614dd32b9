package io.keyfront.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.console.http.AdminServer.Reply;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.money.Usage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminLimitsTest {
  private static final AccountId ACCOUNT = AccountId.token("account-of-default/agent");

  private final AdminServer admin = new AdminServer();

  @AfterEach
  void stop() {
    admin.close();
  }

  private Reply create(String more) {
    return admin.post(
        "tokens", "{\"name\":\"agent\",\"scopes\":[\"mock:*\"]%s}".formatted(json(more)));
  }

  /** Single quotes are easier to read in a test. */
  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private JsonNode edit(String patch) {
    Reply reply = admin.patch("tokens/default/agent", json(patch));
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(200);
    return reply.json();
  }

  private JsonNode agent() {
    return admin.get("tokens/default/agent").json();
  }

  @Test
  void newTokenHasTheLimitsAndTheBudgetThatWereAsked() {
    Reply created =
        create(
            ",'limits':{'requestsPerMinute':60,'tokensPerMinute':5000,'concurrency':2},"
                + "'budget':{'usd':'0.050','tokens':1000,'window':'Day','onLedgerLoss':'Allow'}");

    assertThat(created.status()).as(created.raw().body()).isEqualTo(201);
    assertThat(agent().path("limits").toString())
        .isEqualTo(json("{'requestsPerMinute':60,'tokensPerMinute':5000,'concurrency':2}"));
    assertThat(agent().path("budget").toString())
        .isEqualTo(json("{'usd':'0.05','tokens':1000,'window':'Day','onLedgerLoss':'Allow'}"));
  }

  @Test
  void budgetThatSaysNoMoreIsForEverAndDeniesWithoutALedger() {
    create(",'budget':{'tokens':1000}");

    assertThat(agent().path("budget").toString())
        .isEqualTo(json("{'tokens':1000,'window':'Total','onLedgerLoss':'Deny'}"));
  }

  @Test
  void nullIsWithoutLimit() {
    create(",'limits':{'concurrency':null},'budget':null");

    assertThat(agent().path("limits")).isEmpty();
    assertThat(agent().path("budget").isNull()).isTrue();
  }

  @Test
  void zeroIsALimitThatAllowsNothing() {
    create(",'limits':{'requestsPerMinute':0},'budget':{'usd':'0','tokens':0}");

    assertThat(agent().at("/limits/requestsPerMinute").toString()).isEqualTo("0");
    assertThat(agent().at("/standing/usd/limit").textValue()).isEqualTo("0");
    assertThat(agent().at("/standing/tokens/limit").toString()).isEqualTo("0");
    assertThat(agent().at("/standing/tokens/remaining").toString()).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'limits':[]                              | limits                   | is an object",
        "'limits':{'rpm':1}                       | limits.rpm               | Known are: requestsPerMinute",
        "'limits':{'requestsPerMinute':-1}        | limits.requestsPerMinute | 0 to 1000000000",
        "'limits':{'requestsPerMinute':1.0}       | limits.requestsPerMinute | whole number",
        "'limits':{'requestsPerMinute':'1'}       | limits.requestsPerMinute | whole number",
        "'limits':{'tokensPerMinute':1000000001}  | limits.tokensPerMinute   | 0 to 1000000000",
        "'limits':{'concurrency':1e3}             | limits.concurrency       | whole number",
        "'limits':{'concurrency':true}            | limits.concurrency       | whole number",
        "'budget':'0.05'                          | budget                   | is an object",
        "'budget':{'usd':0.05}                    | budget.usd               | like \"0.05\"",
        "'budget':{'usd':'-1'}                    | budget.usd               | is not an amount",
        "'budget':{'usd':'0.0000000001'}          | budget.usd               | nine digits",
        "'budget':{'usd':'9999999'}               | budget.usd               | at most 9007199",
        "'budget':{'tokens':-1}                   | budget.tokens            | 0 to 9007199254740991",
        "'budget':{'tokens':9223372036854775808}  | budget.tokens            | whole number",
        "'budget':{'usd':'1','window':'day'}      | budget.window            | Total, Hour, Day",
        "'budget':{'usd':'1','window':1}          | budget.window            | like \"Day\"",
        "'budget':{'usd':'1','onLedgerLoss':'No'} | budget.onLedgerLoss      | Deny, Lease, Allow",
        "'budget':{'usd':'1','eur':'1'}           | budget.eur               | Known are: usd, tokens",
      },
      quoteCharacter = '`')
  void wrongLimitIsNamedByItsPathWhenMadeAndWhenEdited(String field, String path, String part) {
    Reply created = create("," + field);
    create("");
    Reply edited = admin.patch("tokens/default/agent", json("{" + field + "}"));

    for (Reply reply : new Reply[] {created, edited}) {
      assertThat(reply.status()).as(reply.raw().body()).isEqualTo(422);
      assertThat(reply.field()).isEqualTo(path);
      assertThat(reply.message()).contains(part);
    }
    assertThat(agent().path("limits")).isEmpty();
    assertThat(agent().path("budget").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'window':'Day'}", "{'usd':null,'tokens':null}"})
  void newBudgetMustLimitSomething(String budget) {
    Reply reply = create(",'budget':" + budget);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.field()).isEqualTo("budget");
    assertThat(reply.message()).isEqualTo("budget has no limit: write usd, tokens or both.");
  }

  @Test
  void patchMergesFieldByField() {
    create(
        ",'limits':{'requestsPerMinute':60,'concurrency':2},'budget':{'usd':'1','window':'Day','onLedgerLoss':'Allow'}");

    JsonNode edited =
        edit("{'limits':{'concurrency':null,'tokensPerMinute':7},'budget':{'tokens':9}}");

    assertThat(edited.path("limits").toString())
        .isEqualTo(json("{'requestsPerMinute':60,'tokensPerMinute':7}"));
    assertThat(edited.path("budget").toString())
        .isEqualTo(json("{'usd':'1','tokens':9,'window':'Day','onLedgerLoss':'Allow'}"));
    assertThat(edit("{'budget':{'window':null,'onLedgerLoss':null}}").path("budget").toString())
        .isEqualTo(json("{'usd':'1','tokens':9,'window':'Total','onLedgerLoss':'Deny'}"));
  }

  @Test
  void nullTakesAllLimitsOrTheWholeBudgetAway() {
    create(",'limits':{'requestsPerMinute':60},'budget':{'usd':'1'}");

    JsonNode without = edit("{'limits':null}");

    assertThat(without.path("limits")).isEmpty();
    assertThat(without.at("/budget/usd").textValue()).isEqualTo("1");
    assertThat(edit("{'budget':null}").path("budget").isNull()).isTrue();
  }

  @Test
  void budgetIsGoneWithItsLastLimit() {
    create(",'budget':{'usd':'1','tokens':5,'window':'Day'}");

    assertThat(edit("{'budget':{'usd':null}}").at("/budget/tokens").intValue()).isEqualTo(5);
    assertThat(edit("{'budget':{'tokens':null}}").path("budget").isNull()).isTrue();
  }

  @Test
  void windowOfNoBudgetIsRefused() {
    create("");

    Reply reply = admin.patch("tokens/default/agent", json("{'budget':{'window':'Day'}}"));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.field()).isEqualTo("budget");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'limits':{}}", "{'budget':{}}"})
  void patchOfNoLimitChangesNothingAndIsRefused(String patch) {
    create(",'budget':{'usd':'1'}");

    Reply reply = admin.patch("tokens/default/agent", json(patch));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.message()).contains("at least one change");
  }

  @Test
  void cloneHasTheSameLimitsAndSpentNothing() {
    create(",'limits':{'concurrency':2},'budget':{'usd':'1'}");
    admin.ledger.spend(ACCOUNT, Usage.of(1, 1), 500_000_000);

    JsonNode twin = admin.post("tokens/default/agent/clone", json("{'name':'twin'}")).json();

    assertThat(twin.path("limits")).isEqualTo(agent().path("limits"));
    assertThat(twin.path("budget")).isEqualTo(agent().path("budget"));
    assertThat(twin.at("/standing/usd/spent").textValue()).isEqualTo("0");
  }

  @Test
  void standingIsThatOfTheBudgetsWindow() {
    create(",'budget':{'usd':'0.05','tokens':100,'window':'Month'}");
    admin.ledger.spend(ACCOUNT, Usage.of(10, 5), 12_300_001);
    admin.ledger.reserve(ACCOUNT, new Amount(700_000, 20));

    assertThat(agent().path("standing").toString())
        .isEqualTo(
            json(
                "{'window':'Month','usd':{'limit':'0.05','spent':'0.012300001','reserved':'0.0007',"
                    + "'remaining':'0.036999999','windowEnds':'2026-12-01T00:00:00Z'},"
                    + "'tokens':{'limit':100,'spent':15,'reserved':20,'remaining':65,"
                    + "'windowEnds':'2026-12-01T00:00:00Z'}}"));
  }

  @Test
  void budgetLoweredUnderWhatIsSpentHasNothingLeft() {
    create(",'budget':{'usd':'1'}");
    admin.ledger.spend(ACCOUNT, Usage.of(1, 1), 500_000_000);

    JsonNode usd = edit("{'budget':{'usd':'0.2'}}").at("/standing/usd");

    assertThat(usd.path("limit").textValue()).isEqualTo("0.2");
    assertThat(usd.path("spent").textValue()).isEqualTo("0.5");
    assertThat(usd.path("remaining").textValue()).isEqualTo("0");
    assertThat(edit("{'budget':{'usd':'0.7'}}").at("/standing/usd/remaining").textValue())
        .isEqualTo("0.2");
  }

  @ParameterizedTest
  @EnumSource(
      value = MemoryLedger.Mood.class,
      names = {"FAILS", "HANGS"})
  void whatALedgerThatIsAwayDoesNotSayIsNull(MemoryLedger.Mood mood) {
    create(",'budget':{'usd':'1'}");
    admin.ledger.mood = mood;

    Reply list = admin.get("tokens");

    assertThat(list.status()).isEqualTo(200);
    JsonNode token = list.json().at("/tokens/0");
    assertThat(token.at("/budget/usd").textValue()).isEqualTo("1");
    assertThat(token.path("standing").isNull()).isTrue();
    assertThat(token.path("usage").isNull()).isTrue();
    assertThat(token.path("lastUsedAt").isNull()).isTrue();
  }
}
