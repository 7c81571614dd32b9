package io.keyfront.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.testkit.speech.Json;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets another process look into the provider: {@code GET /__bill}, {@code /__requests}, and {@code
 * /__totals}, which is the bill without its lines and how many streams are open.
 */
final class Inspection {
  private Inspection() {}

  static void answer(FakeProvider provider, String path, HttpServerRequest request) {
    switch (path) {
      case "/__bill" -> send(request, 200, provider.bill().toJson());
      case "/__requests" -> send(request, 200, requests(provider));
      case "/__totals" -> send(request, 200, totals(provider));
      default ->
          send(
              request,
              404,
              Json.object("error", "There are /__bill, /__requests and /__totals, no more."));
    }
  }

  private static ObjectNode totals(FakeProvider provider) {
    ObjectNode totals = provider.bill().totalsJson();
    return totals.put("openStreams", provider.openStreams());
  }

  private static ArrayNode requests(FakeProvider provider) {
    ArrayNode list = Json.array();
    for (RecordedRequest request : provider.requests()) {
      list.add(
          Json.object(
              "method", request.method(),
              "target", request.target(),
              "version", request.version(),
              "headers", request.headers(),
              "body", request.bodyText()));
    }
    return list;
  }

  private static void send(HttpServerRequest request, int status, JsonNode body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(Json.text(body));
  }
}
