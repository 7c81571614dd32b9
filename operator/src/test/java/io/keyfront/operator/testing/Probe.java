package io.keyfront.operator.testing;

import io.keyfront.operator.OperatorProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Asks an operator as the kubelet and Prometheus do. */
public final class Probe {
  private Probe() {}

  /** {@code 200 leads}: the status and what was answered. */
  public static String get(OperatorProcess operator, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + operator.port() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body().strip();
    }
  }
}
