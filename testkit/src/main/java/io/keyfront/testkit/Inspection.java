package io.keyfront.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.keyfront.testkit.speech.Json;
import io.vertx.core.http.HttpServerRequest;

/** Lets another process look into the provider: {@code GET /__bill} and {@code /__requests}. */
final class Inspection {
  private Inspection() {}

  static void answer(FakeProvider provider, String path, HttpServerRequest request) {
    switch (path) {
      case "/__bill" -> send(request, 200, provider.bill().toJson());
      case "/__requests" -> send(request, 200, requests(provider));
      default ->
          send(request, 404, Json.object("error", "There are /__bill and /__requests, no more."));
    }
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
