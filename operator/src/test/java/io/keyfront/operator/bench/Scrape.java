package io.keyfront.operator.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks the operator's metrics how much is ready. */
final class Scrape {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String READY = "keyfront_operator_resources{";

  private Scrape() {}

  static long readyResources(int port) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
      String text = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return text.lines()
          .filter(line -> line.startsWith(READY) && line.contains("ready=\"true\""))
          .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.indexOf("} ") + 2))))
          .sum();
    } catch (IOException notYet) {
      return 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
