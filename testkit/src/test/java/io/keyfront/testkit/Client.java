package io.keyfront.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyfront.testkit.speech.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Calls the fake provider in few words. */
record Client(URI base, HttpClient http) {
  static final String KEY = "sk-fake-0001";

  static Client of(FakeProvider provider) {
    return new Client(
        provider.uri(), HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(path, body, headers), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> postForBytes(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return http.send(request(path, body, headers), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path));
    return http.send(with(builder, headers).build(), BodyHandlers.ofString());
  }

  JsonNode postForJson(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return Json.parse(post(path, body, headers).body());
  }

  List<SseEvent> postForEvents(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return SseEvent.parse(post(path, body, headers).body());
  }

  /** With the key in each of the headers that some dialect reads. */
  HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return with(builder, headers).build();
  }

  private static HttpRequest.Builder with(HttpRequest.Builder builder, String... headers) {
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return builder;
  }
}
