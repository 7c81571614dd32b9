package io.keyfront.testkit;

import io.keyfront.testkit.speech.Question;
import io.keyfront.testkit.speech.Said;
import io.keyfront.testkit.speech.Speech;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A model provider on loopback that speaks every dialect, keeps a bill of its own and misbehaves on
 * request. The prompt steers the answer ({@link io.keyfront.testkit.speech.Wish}), the header
 * {@code x-fake-fault} or {@link #script} the faults. Safe for use by several threads.
 */
public final class FakeProvider implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int PATIENCE_SECONDS = 20;
  private static final int MAX_HEADER_BYTES = 262_144;

  private final Vertx vertx;
  private final HttpServer server;
  private final Optional<PemKeyCertOptions> certificate;
  private final Optional<String> caPem;
  private final Bill bill = new Bill();
  private final RequestLog requests = new RequestLog();
  private final Queue<Fault> script = new ArrayDeque<>();
  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger connectionsEver = new AtomicInteger();
  private final AtomicInteger openStreams = new AtomicInteger();
  private final AtomicInteger abortedStreams = new AtomicInteger();
  private volatile Set<String> acceptedKeys = Set.of();
  private volatile int piecesAhead = 1;

  private FakeProvider(
      String host, int port, Optional<PemKeyCertOptions> certificate, Optional<String> caPem) {
    this.certificate = certificate;
    this.caPem = caPem;
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    server = vertx.createHttpServer(options(host, port, certificate));
    server.connectionHandler(this::count);
    server.requestHandler(this::take);
  }

  private static HttpServerOptions options(
      String host, int port, Optional<PemKeyCertOptions> certificate) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_HEADER_BYTES)
            .setHandle100ContinueAutomatically(true)
            .setHttp2RstFloodMaxRstFramePerWindow(Integer.MAX_VALUE);
    certificate.ifPresent(some -> options.setSsl(true).setUseAlpn(true).setKeyCertOptions(some));
    return options;
  }

  private FakeProvider listening() {
    try {
      finished(server.listen());
      return this;
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
  }

  private static void finished(Future<?> step) {
    try {
      step.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the fake provider started or stopped.", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The fake provider cannot start or stop: " + e, e);
    }
  }

  /** Starts on a free port, without TLS. */
  public static FakeProvider start() {
    return start(0);
  }

  /** Starts without TLS on a port of its own choice; 0 means a free one. */
  public static FakeProvider start(int port) {
    return new FakeProvider(LOOPBACK, port, Optional.empty(), Optional.empty()).listening();
  }

  /** Starts on a free port with TLS and, by ALPN, HTTP/2; {@link #caPem} gives the trust. */
  public static FakeProvider startTls() {
    TestCertificates made = TestCertificates.create();
    return new FakeProvider(
            LOOPBACK, 0, Optional.of(made.serverOptions()), Optional.of(made.caPem()))
        .listening();
  }

  /**
   * Starts where other machines can call, as a pod needs it: on every address, with TLS.
   *
   * @param certificate and {@code key} are PEM files
   */
  static FakeProvider startForAll(int port, Path certificate, Path key) {
    PemKeyCertOptions pem =
        new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
    return new FakeProvider("0.0.0.0", port, Optional.of(pem), Optional.empty()).listening();
  }

  /** Scheme, host and port. The certificate, if any, is for {@code localhost} and 127.0.0.1. */
  public URI uri() {
    String origin = certificate.isPresent() ? "https://localhost:" : "http://127.0.0.1:";
    return URI.create(origin + server.actualPort());
  }

  /**
   * The certificate of the authority that vouches for this server, as PEM.
   *
   * @throws IllegalStateException when it runs without TLS
   */
  public String caPem() {
    return caPem.orElseThrow(
        () -> new IllegalStateException("startTls() was not used: there is no CA."));
  }

  public Bill bill() {
    return bill;
  }

  /** The newest requests, oldest first, at most {@value RequestLog#MAX_REQUESTS}. */
  public List<RecordedRequest> requests() {
    return requests.all();
  }

  /**
   * The newest request.
   *
   * @throws java.util.NoSuchElementException when there was none
   */
  public RecordedRequest lastRequest() {
    return requests.all().getLast();
  }

  /** Forgets the requests, not the bill. */
  public void clearRequests() {
    requests.clear();
  }

  /** One fault for each of the next requests; they come before those of the header. */
  public void script(Fault... faults) {
    synchronized (script) {
      script.addAll(Arrays.asList(faults));
    }
  }

  /** Answers that {@link Fault.HoldAfterEvents} holds so far go on. */
  public void letGo() {
    // There is one event loop, so it is theirs.
    vertx.runOnContext(
        loop -> {
          for (Runnable next = held.poll(); next != null; next = held.poll()) {
            next.run();
          }
        });
  }

  /** From now on only these keys are let in; none means any. */
  public void acceptOnly(String... keys) {
    acceptedKeys = Set.of(keys);
  }

  /** How many events are billed although not sent yet, as a model runs ahead; 1 at first. */
  public void billAhead(int events) {
    piecesAhead = events;
  }

  public int activeConnections() {
    return connections.get();
  }

  /** Connections accepted since the start. */
  public int acceptedConnections() {
    return connectionsEver.get();
  }

  /** Requests that came in and are not answered to the end, reset or given up. */
  public int openStreams() {
    return openStreams.get();
  }

  /** Answers that wait for {@link #letGo}, or whose client left while they did. */
  public int heldStreams() {
    return held.size();
  }

  /** Requests whose client went away before the end of the answer. */
  public int abortedStreams() {
    return abortedStreams.get();
  }

  private void count(HttpConnection connection) {
    connections.incrementAndGet();
    connectionsEver.incrementAndGet();
    connection.closeHandler(closed -> connections.decrementAndGet());
  }

  private void take(HttpServerRequest request) {
    openStreams.incrementAndGet();
    request
        .body()
        .onFailure(
            failure -> {
              abortedStreams.incrementAndGet();
              openStreams.decrementAndGet();
            })
        .onSuccess(body -> answer(request, body.getBytes()));
  }

  private void answer(HttpServerRequest request, byte[] body) {
    RecordedRequest recorded = Incoming.recorded(request, body);
    if (recorded.path().startsWith("/__")) {
      openStreams.decrementAndGet();
      Inspection.answer(this, recorded.path(), request);
      return;
    }
    requests.add(recorded);
    long call = calls.incrementAndGet();
    Question question = Incoming.question(request, recorded);
    try {
      Said said = Speech.answer(question, call, acceptedKeys);
      Delivery delivery = Delivery.of(said, faults(recorded));
      new Exchange(vertx, request, delivery, account(call, delivery.said())).run();
    } catch (IllegalArgumentException e) {
      openStreams.decrementAndGet();
      request.response().setStatusCode(500).end("Fake provider: " + e.getMessage());
    }
  }

  private List<Fault> faults(RecordedRequest request) {
    Fault scripted;
    synchronized (script) {
      scripted = script.poll();
    }
    return scripted != null
        ? List.of(scripted)
        : request.header("x-fake-fault").map(FaultNames::parse).orElse(List.of());
  }

  private Exchange.Account account(long call, Said said) {
    return new CallAccount(bill, call, said, openStreams, abortedStreams, piecesAhead, held);
  }

  /** Stops at once; streams in flight are cut. */
  @Override
  public void close() {
    finished(vertx.close());
  }
}
