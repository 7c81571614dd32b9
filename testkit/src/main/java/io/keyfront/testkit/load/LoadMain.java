package io.keyfront.testkit.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Calls {@code OPENAI_BASE_URL} with {@code OPENAI_API_KEY}, as an SDK in a pod does, from {@code
 * LOAD_CLIENTS} threads until it is ended or {@code LOAD_CALLS} are made. Half of the threads keep
 * their connection, the others open one for each call. Nothing is tried again: every failure is a
 * line, and each second what was seen so far.
 *
 * <p>{@code LOAD_MODEL}, {@code LOAD_PROMPT}, {@code LOAD_FAULT} (header {@code x-fake-fault}),
 * {@code LOAD_TOKEN_FILE} (read for each call, in place of the key).
 */
public final class LoadMain {
  private static final String ANSWERED = "200";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** After a failure, as a client with patience waits. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Map<String, String> environment;
  private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final LongAdder begun = new LongAdder();

  private LoadMain(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] arguments) throws InterruptedException {
    new LoadMain(System.getenv()).run();
  }

  private void run() throws InterruptedException {
    int clients = Integer.parseInt(word("LOAD_CLIENTS", "4"));
    long calls = Long.parseLong(word("LOAD_CALLS", Long.toString(Long.MAX_VALUE)));
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    for (int i = 0; i < clients; i++) {
      boolean keeps = i % 2 == 0;
      Thread.ofPlatform().start(() -> client(keeps, calls));
    }
    while (!ended.get() && outcomes.values().stream().mapToLong(LongAdder::sum).sum() < calls) {
      Thread.sleep(EVERY);
      System.out.println("load " + summary());
    }
    end();
  }

  private void client(boolean keeps, long calls) {
    HttpClient client = newClient();
    try {
      while (!ended.get() && taken() <= calls) {
        if (!keeps) {
          client.close();
          client = newClient();
        }
        if (!call(client)) {
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      client.close();
    }
  }

  private synchronized long taken() {
    begun.increment();
    return begun.sum();
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .build();
  }

  /** Whether it was answered to its end. */
  private boolean call(HttpClient client) throws InterruptedException {
    Instant start = Instant.now();
    String outcome;
    try {
      outcome = outcome(client.send(request(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException failure) {
      outcome = "failed " + failure;
    }
    outcomes.computeIfAbsent(outcome, any -> new LongAdder()).increment();
    boolean answered = outcome.equals(ANSWERED);
    if (!answered) {
      System.out.println("failure " + start + " " + outcome);
    }
    return answered;
  }

  private static String outcome(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      String code = answer.body().replaceAll("(?s).*\"code\" ?: ?\"([a-z_]+)\".*", "$1");
      return answer.statusCode() + " " + (code.length() < 64 ? code : "");
    }
    return answer.body().contains("data: [DONE]")
        ? ANSWERED
        : "cut after " + answer.body().length();
  }

  private HttpRequest request() throws IOException {
    String token = word("OPENAI_API_KEY", "");
    Optional<String> file = Optional.ofNullable(environment.get("LOAD_TOKEN_FILE"));
    if (file.isPresent()) {
      token = Files.readString(Path.of(file.get())).strip();
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(word("OPENAI_BASE_URL", "") + "/chat/completions"))
            .timeout(PATIENCE)
            .header("authorization", "Bearer " + token)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body()));
    Optional.ofNullable(environment.get("LOAD_FAULT"))
        .ifPresent(fault -> request.header("x-fake-fault", fault));
    return request.build();
  }

  private String body() {
    return "{\"model\":\"%s\",\"stream\":true,\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(word("LOAD_MODEL", "gpt-4o-mini"), word("LOAD_PROMPT", "len=8"));
  }

  private String word(String name, String otherwise) {
    return environment.getOrDefault(name, otherwise);
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      System.out.println("end " + summary());
    }
  }

  private String summary() {
    return Instant.now() + " " + outcomes;
  }
}
