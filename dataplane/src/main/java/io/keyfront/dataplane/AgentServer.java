package io.keyfront.dataplane;

import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.InternalFault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.dataplane.intake.Intake;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.dataplane.manage.Condition;
import io.keyfront.dataplane.reply.Refusal;
import io.keyfront.dataplane.settle.CallRecords;
import io.keyfront.protocols.route.Routing;
import io.micrometer.core.instrument.Counter;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The agents' port on one event loop. */
final class AgentServer {
  private static final System.Logger LOG = System.getLogger(AgentServer.class.getName());
  private static final int MAX_REQUEST_LINE_BYTES = 16 << 10;

  private final Intake intake;
  private final Stages stages;
  private final SideRoutes side;
  private final DataplaneOptions options;
  private final Condition condition;
  private final Connections connections;
  private volatile @Nullable HttpServer server;
  private volatile boolean withdrawn;
  private volatile boolean draining;

  AgentServer(
      Intake intake,
      Stages stages,
      SideRoutes side,
      DataplaneOptions options,
      Condition condition,
      Counter refusedConnections) {
    this.intake = intake;
    this.stages = stages;
    this.side = side;
    this.options = options;
    this.condition = condition;
    this.connections =
        new Connections(
            options.bounds().connections(), options.timeouts().idle(), refusedConnections);
  }

  /**
   * @param certificate that agents see; absent: they connect in the clear
   */
  Future<HttpServer> listen(Optional<KeyCertOptions> certificate) {
    HttpServerOptions listening = listening(certificate);
    HttpServer created =
        stages
            .vertx()
            .createHttpServer(listening)
            .connectionHandler(
                connection -> {
                  StrictDecoder.on(connection, listening);
                  connections.opened(connection);
                })
            .requestHandler(this::handle)
            .invalidRequestHandler(this::invalid)
            .exceptionHandler(
                failure -> LOG.log(Level.DEBUG, "A connection failed: {0}", failure.toString()));
    stages.vertx().setPeriodic(Connections.LOOK_MILLIS, tick -> connections.closeIdle());
    return created.listen().onSuccess(ready -> server = ready);
  }

  private HttpServerOptions listening(Optional<KeyCertOptions> certificate) {
    HttpServerOptions listening =
        new HttpServerOptions()
            .setHost(options.agents().host())
            .setPort(options.agents().port())
            .setMaxHeaderSize(options.bounds().headerBytes())
            .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setHandle100ContinueAutomatically(false)
            .setTcpNoDelay(true);
    certificate.ifPresent(pem -> listening.setSsl(true).setUseAlpn(false).setKeyCertOptions(pem));
    return listening;
  }

  /** Shows another certificate to who connects from now on. */
  Future<Boolean> show(KeyCertOptions certificate) {
    return server == null
        ? Future.succeededFuture(false)
        : server.updateSSLOptions(
            new ServerSSLOptions().setUseAlpn(false).setKeyCertOptions(certificate));
  }

  /** Calls on this event loop now. */
  int active() {
    return stages.watch().size();
  }

  /** Agents' connections to this event loop now. */
  int connections() {
    return connections.size();
  }

  /** Takes calls, and asks who sent them to send the next over another connection. */
  void withdraw() {
    withdrawn = true;
  }

  /** Takes no new calls; those under way may end within the time. */
  Future<Void> drain(long millis) {
    draining = true;
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(millis, TimeUnit.MILLISECONDS);
  }

  private void handle(HttpServerRequest request) {
    Received received = intake.receive(request, connections.busy(request));
    if (withdrawn) {
      request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    if (draining) {
      refuse(received, new CapacityFault.Draining());
    } else if (connections.isFull(request)) {
      request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      refuse(received, new CapacityFault.ConnectionsFull(options.bounds().connections()));
    } else if (!condition.ready()) {
      refuse(received, new CapacityFault.Starting());
    } else if (request.headers().contains(HttpHeaders.UPGRADE)
        && "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      refuse(received, RequestFault.upgradeRefused());
    } else if (received.routing() instanceof Routing.Call call) {
      new CallFlow(stages, received, call).start();
    } else {
      aside(received);
    }
  }

  private void aside(Received received) {
    try {
      side.answer(received)
          .onComplete(body -> answer(received, body), failure -> refuse(received, fault(failure)));
    } catch (Refused refused) {
      refuse(received, refused.fault());
    }
  }

  private static void answer(Received received, String body) {
    received
        .request()
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(Intake.REQUEST_ID, received.requestId())
        .putHeader("x-request-id", received.requestId())
        .end(body);
  }

  private void refuse(Received received, Fault fault) {
    Leftovers.dropOrClose(stages, received.request());
    Refusal.send(received.request().response(), fault, received);
    note(received, fault);
  }

  /** Of an exchange that is no model call, or did not get so far. */
  private void note(Received received, Fault fault) {
    stages
        .log()
        .record(
            CallRecords.of(
                new CallRecords.Facts(received, null, null, null, null),
                new CallRecords.Ending(
                    fault.status(),
                    fault,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    System.nanoTime())));
  }

  private static Fault fault(Throwable failure) {
    return failure instanceof Refused refused
        ? refused.fault()
        : new InternalFault(failure.toString());
  }

  /** What is no readable HTTP: an answer, then the connection is closed. */
  private void invalid(HttpServerRequest request) {
    Received received = intake.receive(request, connections.busy(request));
    boolean tooLong = request.decoderResult().cause() instanceof TooLongFrameException;
    Fault fault =
        tooLong
            ? RequestFault.headersTooLarge(options.bounds().headerBytes())
            : RequestFault.malformed("The request is not readable HTTP/1.1.");
    request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    Refusal.send(request.response(), fault, received);
    request.connection().close();
    note(received, fault);
  }
}
