package io.keyfront.crds.applied;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenStatus;
import io.keyfront.crds.MachineTokenStatus.BudgetStanding;
import io.keyfront.crds.MachineTokenStatus.Part;
import io.keyfront.crds.testing.RealApiServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@code kubectl get machinetokens} shows: the API server makes the table. */
class TableTest {
  private final RealApiServer server = RealApiServer.get().withCrds();
  private final String namespace = server.freshNamespace();

  @Test
  void budgetIsShownInUsdOrElseInTokens() {
    spent("in-both", "{usd: '5', tokens: 1000}", part("5", "1.25"), part("1000", "12"));
    spent("in-tokens", "{tokens: 500000}", null, part("500000", "42"));
    spent("in-usd", "{usd: '2.50'}", part("2.50", "0"), null);

    assertThat(cells("Name", "Spent", "Budget"))
        .containsExactlyInAnyOrder(
            List.of("in-both", "1.25", "5"),
            List.of("in-tokens", "42", "500000"),
            List.of("in-usd", "0", "2.50"));
  }

  private static Part part(String limit, String spent) {
    return new Part(limit, spent, "0", limit, null);
  }

  private void spent(String name, String budget, @Nullable Part usd, @Nullable Part tokens) {
    JsonNode token =
        Applied.tree(
            """
            apiVersion: keyfront.io/v1alpha1
            kind: MachineToken
            metadata: {name: %s}
            spec: {scopes: [mock], budget: %s}
            """
                .formatted(name, budget));
    Applied.keep(server, namespace, token);
    var kept = server.client().resources(MachineToken.class).inNamespace(namespace).withName(name);
    kept.editStatus(
        made -> {
          made.setStatus(
              new MachineTokenStatus(
                  1L,
                  List.of(),
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  new BudgetStanding(usd, tokens)));
          return made;
        });
  }

  private List<List<String>> cells(String... columns) {
    JsonNode table = table();
    List<String> names = new ArrayList<>();
    table.path("columnDefinitions").forEach(column -> names.add(column.path("name").asText()));
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : table.path("rows")) {
      List<String> shown = new ArrayList<>();
      for (String column : columns) {
        shown.add(row.path("cells").path(names.indexOf(column)).asText());
      }
      rows.add(shown);
    }
    return rows;
  }

  private JsonNode table() {
    var http = server.client().getHttpClient();
    HttpResponse<String> answer =
        http.sendAsync(
                http.newHttpRequestBuilder()
                    .uri(
                        server.client().getMasterUrl()
                            + "apis/keyfront.io/v1alpha1/namespaces/"
                            + namespace
                            + "/machinetokens")
                    .header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                    .build(),
                String.class)
            .join();
    assertThat(answer.code()).isEqualTo(200);
    return Applied.tree(answer.body());
  }
}
