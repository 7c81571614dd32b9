package io.keyfront.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.console.http.AdminServer.Reply;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.Budget;
import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.OnLedgerLoss;
import io.keyfront.core.ledger.Window;
import io.keyfront.core.money.Usage;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.provider.ProviderCatalog;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.snapshot.Credential;
import io.keyfront.core.snapshot.CredentialId;
import io.keyfront.core.snapshot.NamespaceRule;
import io.keyfront.core.snapshot.Settings;
import io.keyfront.core.snapshot.Snapshot;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminUsageTest {
  private final AdminServer admin = new AdminServer();

  @AfterEach
  void stop() {
    admin.close();
  }

  private void create(String name) {
    admin.post("tokens", "{\"name\":\"" + name + "\",\"scopes\":[\"mock:*\"]}");
  }

  private static Credential credential(String name) {
    return new Credential(
        new CredentialId("default", name),
        "openai",
        Optional.empty(),
        new Credential.Auth.ApiKey(SecretText.of("sk-fake")),
        0,
        1,
        List.of(),
        NamespaceRule.ALL,
        Limits.NONE);
  }

  private static Snapshot snapshot(Credential... credentials) {
    return new Snapshot(
        "digest",
        Map.of(),
        List.of(credentials),
        List.of(),
        ProviderCatalog.builtIn(),
        Settings.DEFAULT);
  }

  @Test
  void rowTellsUsageAndSpendOfEveryWindow() {
    create("agent");
    AccountId account = AccountId.token("account-of-default/agent");
    admin.ledger.spend(account, Usage.of(40, 5), 1_500_000_000);
    admin.ledger.reserve(account, new Amount(2_000_000, 7));

    Reply reply = admin.get("usage");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("by").textValue()).isEqualTo("token");
    String spent = "{'usd':'1.5','tokens':45}";
    assertThat(reply.json().at("/rows/0").toString().replace('"', '\''))
        .isEqualTo(
            "{'name':'default/agent','limits':{},'budget':null,'standing':"
                + "{'window':'Total','usd':{'limit':null,'spent':'1.5','reserved':'0.002','remaining':null,'windowEnds':null},"
                + "'tokens':{'limit':null,'spent':45,'reserved':7,'remaining':null,'windowEnds':null}},"
                + "'reserved':{'usd':'0.002','tokens':7},"
                + "'requests':1,'inputTokens':40,'outputTokens':5,'inDoubt':0,"
                + ("'spent':{'total':%1$s,'hour':%1$s,'day':%1$s,'week':%1$s,'month':%1$s},"
                    .formatted(spent))
                + "'overrun':{'usd':'0','tokens':0},'seeded':{'usd':'0','tokens':0},'lastUsedAt':'2026-11-21T12:00:00Z'}");
  }

  @Test
  void whatALossCostIsShownAndCanBeGivenBack() {
    create("agent");
    AccountId account = AccountId.token("account-of-default/agent");
    Mark.Part part = new Mark.Part(0, new Amount(1_500_000_000, 10));
    admin.ledger.lose(
        account, new Mark(7, 1, Window.TOTAL, Collections.nCopies(Window.ALL.size(), part)));
    assertThat(admin.get("usage").json().at("/rows/0/seeded/usd").textValue()).isEqualTo("1.5");

    Reply first = admin.post("tokens/default/agent/credit", "{\"usd\":\"0.5\"}");
    Reply rest = admin.post("tokens/default/agent/credit", "{\"usd\":\"7\",\"tokens\":3}");

    assertThat(first.json().at("/credited/usd").textValue()).isEqualTo("0.5");
    assertThat(rest.json().path("credited").toString()).isEqualTo("{\"usd\":\"1\",\"tokens\":3}");
    JsonNode row = admin.get("usage").json().at("/rows/0");
    assertThat(row.at("/seeded").toString()).isEqualTo("{\"usd\":\"0\",\"tokens\":7}");
    assertThat(row.at("/spent/total/usd").textValue()).isEqualTo("0");
  }

  @Test
  void aCreditOfNothingOrOfALedgerThatIsAwayIsRefused() {
    create("agent");

    assertThat(admin.post("tokens/default/agent/credit", "{}").status()).isEqualTo(422);
    admin.ledger.mood = MemoryLedger.Mood.FAILS;
    assertThat(admin.post("tokens/default/agent/credit", "{\"usd\":\"1\"}").status())
        .isEqualTo(503);
  }

  @Test
  void totalIsTheSumThatTheLedgerKeeps() {
    admin.ledger.spend(AccountId.EVERYTHING, Usage.of(1, 2), 3);

    JsonNode total = admin.get("usage?by=provider").json().path("total");

    assertThat(total.path("requests").intValue()).isEqualTo(1);
    assertThat(total.at("/spent/total/usd").textValue()).isEqualTo("0.000000003");
    assertThat(total.has("reserved")).isFalse();
  }

  @Test
  void credentialsAndProvidersHaveRowsOfTheirOwn() {
    admin.snapshot = snapshot(credential("b"), credential("a"));
    admin.ledger.spend(AccountId.credential("default/b"), Usage.of(1, 0), 5);
    admin.ledger.spend(AccountId.provider("openai"), Usage.of(1, 0), 5);

    JsonNode credentials = admin.get("usage?by=credential").json().path("rows");
    JsonNode providers = admin.get("usage?by=provider").json().path("rows");

    assertThat(credentials.findValuesAsText("name")).containsExactly("default/a", "default/b");
    assertThat(credentials.findValuesAsText("requests")).containsExactly("0", "1");
    assertThat(providers.findValuesAsText("name"))
        .isSorted()
        .containsExactlyInAnyOrderElementsOf(ProviderCatalog.builtIn().keySet());
    assertThat(providers)
        .filteredOn(row -> row.path("requests").intValue() == 1)
        .extracting(row -> row.path("name").textValue())
        .containsExactly("openai");
  }

  @Test
  void aProvidersRowTellsItsBudgetAndWhatIsLeft() {
    Limits limits =
        Limits.of(
                new Budget(
                    OptionalLong.of(2_000_000_000),
                    OptionalLong.empty(),
                    Window.TOTAL,
                    OnLedgerLoss.DENY))
            .withConcurrency(4);
    Map<String, Provider> providers = new HashMap<>(ProviderCatalog.builtIn());
    providers.computeIfPresent("openai", (name, provider) -> provider.withLimits(limits));
    admin.snapshot =
        new Snapshot("digest", Map.of(), List.of(), List.of(), providers, Settings.DEFAULT);
    admin.ledger.spend(AccountId.provider("openai"), Usage.of(1, 0), 500_000_000);

    JsonNode openai = admin.get("usage?by=provider&after=mock&limit=2").json().at("/rows/0");

    assertThat(openai.path("name").textValue()).isEqualTo("openai");
    assertThat(openai.at("/limits/concurrency").intValue()).isEqualTo(4);
    assertThat(openai.at("/budget/usd").textValue()).isEqualTo("2");
    assertThat(openai.at("/standing/usd/remaining").textValue()).isEqualTo("1.5");
  }

  @Test
  void manyRowsComeInPages() {
    create("a");
    create("b");
    create("c");

    Reply first = admin.get("usage?by=token&limit=2");
    Reply second = admin.get("usage?limit=2&after=" + first.json().path("next").asText());

    assertThat(first.json().path("rows").findValuesAsText("name"))
        .containsExactly("default/a", "default/b");
    assertThat(second.json().path("rows").findValuesAsText("name")).containsExactly("default/c");
    assertThat(second.json().has("next")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "by=model, by, 'token, credential, provider'",
    "by=TOKEN, by, 'token, credential, provider'",
    "limit=0, limit, 1 to 500",
    "limit=501, limit, 1 to 500",
    "search=x, search, 'by, limit, after'"
  })
  void wrongParameterIsNamed(String query, String field, String part) {
    Reply reply = admin.get("usage?" + query);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.field()).isEqualTo(field);
    assertThat(reply.message()).contains(part);
  }

  @Test
  void rowsOfALedgerThatIsAwayAreNull() {
    create("agent");
    admin.ledger.mood = MemoryLedger.Mood.FAILS;

    Reply reply = admin.get("usage");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/rows/0/name").textValue()).isEqualTo("default/agent");
    for (String field : new String[] {"requests", "spent", "reserved", "lastUsedAt"}) {
      assertThat(reply.json().at("/rows/0/" + field).isNull()).as(field).isTrue();
    }
    assertThat(reply.json().at("/total/spent").isNull()).isTrue();
  }
}
