package io.keyfront.dataplane.forward;

import io.keyfront.dataplane.DataplaneOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;

/** The pooled connections of one event loop to the providers. */
public final class Upstream {
  private static final System.Logger LOG = System.getLogger(Upstream.class.getName());

  /** Connections of one event loop to one provider over HTTP/1.1. */
  private static final int HTTP1_MAX = 4096;

  /** Connections of one event loop to one provider over HTTP/2; each carries about 100 streams. */
  private static final int HTTP2_MAX = 64;

  /** Calls of one event loop that wait for a connection to one provider. */
  private static final int WAITING_MAX = 10_000;

  private static final PoolOptions POOL = pool(HTTP1_MAX, HTTP2_MAX, WAITING_MAX);

  /** Shorter than what providers keep, so that a pooled connection is rarely found dead. */
  private static final int KEEP_ALIVE_SECONDS = 30;

  private static final int MAX_HEADER_BYTES = 64 << 10;
  private static final int MAX_STATUS_LINE_BYTES = 16 << 10;

  private final HttpClient plain;
  private final HttpClient secure;

  public Upstream(Vertx vertx, DataplaneOptions options, UpstreamTrust trust) {
    this(vertx, options, trust, POOL);
  }

  Upstream(Vertx vertx, DataplaneOptions options, UpstreamTrust trust, PoolOptions pool) {
    this.plain = client(vertx, common(options), pool);
    HttpClientOptions tls =
        common(options)
            .setSsl(true)
            .setVerifyHost(true)
            .setUseAlpn(true)
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    trust.options().ifPresent(tls::setTrustOptions);
    this.secure = client(vertx, tls, pool);
  }

  /** Of every provider apart; a call that nobody has room for fails at once. */
  static PoolOptions pool(int http1, int http2, int waiting) {
    return new PoolOptions()
        .setHttp1MaxSize(http1)
        .setHttp2MaxSize(http2)
        .setMaxWaitQueueSize(waiting);
  }

  private static HttpClient client(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool)
        .withConnectHandler(
            connection ->
                // A call on the connection learns of its end by itself; an idle one needs no word,
                // and the message may quote what could not be read.
                connection.exceptionHandler(
                    failure ->
                        LOG.log(
                            Level.DEBUG, "A provider broke a connection: {0}", failure.getClass())))
        .build();
  }

  private static HttpClientOptions common(DataplaneOptions options) {
    return new HttpClientOptions()
        .setConnectTimeout((int) options.timeouts().connect().toMillis())
        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
        .setDecompressionSupported(true)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
        .setTcpNoDelay(true);
  }

  /** A connection from the pool, or a new one, with a request not yet sent. */
  Future<HttpClientRequest> open(UpstreamCall call) {
    URI endpoint = call.endpoint();
    boolean tls = "https".equals(endpoint.getScheme());
    RequestOptions options =
        new RequestOptions()
            .setHost(endpoint.getHost())
            .setPort(endpoint.getPort() >= 0 ? endpoint.getPort() : tls ? 443 : 80)
            .setSsl(tls)
            .setMethod(call.method())
            .setURI(call.uri());
    return (tls ? secure : plain).request(options);
  }
}
