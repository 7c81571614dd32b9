package io.keyfront.dataplane.webhook;

import io.keyfront.core.notice.Notice;
import io.keyfront.core.notice.Webhook;
import io.keyfront.core.notice.WebhookSignature;
import io.keyfront.dataplane.forward.ForbiddenAddresses;
import io.keyfront.dataplane.forward.UpstreamTrust;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one signed request and says what came of it. Follows no redirect. */
final class Courier {
  private static final int ANSWER_BYTES = 64 << 10;
  private static final long REST_SECONDS = 2;

  private final Vertx vertx;
  private final Optional<Path> authorities;
  private final Duration patience;
  private final InstantSource clock;
  private @Nullable HttpClient client;

  /**
   * @param authorities PEM file of certificate authorities to trust beside the runtime's own
   * @param patience for the whole of an attempt
   */
  Courier(Vertx vertx, Optional<Path> authorities, Duration patience, InstantSource clock) {
    this.vertx = vertx;
    this.authorities = authorities;
    this.patience = patience;
    this.clock = clock;
  }

  /** Most servers have no webhook: then there is no client either. */
  private synchronized HttpClient client() {
    if (client == null) {
      HttpClientOptions options =
          new HttpClientOptions()
              .setConnectTimeout((int) patience.toMillis())
              .setKeepAlive(false)
              .setVerifyHost(true);
      UpstreamTrust.of(authorities).options().ifPresent(options::setTrustOptions);
      client = vertx.createHttpClient(options);
    }
    return client;
  }

  /** Blocks until there is an answer, or the patience is over. */
  Answer send(Webhook webhook, String id, Notice notice) {
    byte[] body = NoticeJson.of(id, notice);
    CompletableFuture<Integer> status =
        client()
            .request(options(webhook, id, notice, body))
            .compose(request -> sent(webhook, request, body))
            .toCompletionStage()
            .toCompletableFuture();
    try {
      return new Answer.Answered(status.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException late) {
      return new Answer.Unanswered("it did not answer within " + patience.toMillis() + " ms");
    } catch (ExecutionException failed) {
      return new Answer.Unanswered("it cannot be reached (%s)".formatted(kind(failed)));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered("the server stops");
    }
  }

  /** The kind of failure alone: messages may hold the URL. */
  private static String kind(ExecutionException failed) {
    Throwable cause = failed.getCause() == null ? failed : failed.getCause();
    return cause.getClass().getSimpleName();
  }

  private RequestOptions options(Webhook webhook, String id, Notice notice, byte[] body) {
    Instant now = clock.instant();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(webhook.url().toString())
            .setFollowRedirects(false)
            .setTimeout(patience.toMillis())
            .putHeader("content-type", "application/json")
            .putHeader("user-agent", "keyfront-webhooks/1")
            .putHeader("webhook-id", id)
            .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
            .putHeader("webhook-signature", WebhookSignature.of(webhook.secret(), id, now, body))
            .putHeader("x-keyfront-event", notice.type().label());
    if (webhook.bodySignature()) {
      options.putHeader("x-proxyagent-signature", WebhookSignature.ofBody(webhook.secret(), body));
    }
    return options;
  }

  private static Future<Integer> sent(Webhook webhook, HttpClientRequest request, byte[] body) {
    if (ForbiddenAddresses.reached(request.connection(), webhook.url().getHost())) {
      var unused = request.reset();
      return Future.failedFuture(new ForbiddenAddress());
    }
    return request.send(Buffer.buffer(body)).compose(Courier::read);
  }

  /** The name resolves to an address that no receiver has. */
  private static final class ForbiddenAddress extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The status counts; the rest is read so that the receiver may finish, up to a bound. */
  private static Future<Integer> read(HttpClientResponse response) {
    Promise<Void> over = Promise.promise();
    long[] read = {0};
    response
        .handler(
            piece -> {
              read[0] += piece.length();
              if (read[0] > ANSWER_BYTES) {
                var unused = response.request().reset();
                over.tryComplete();
              }
            })
        .exceptionHandler(broken -> over.tryComplete())
        .endHandler(end -> over.tryComplete());
    return over.future()
        .timeout(REST_SECONDS, TimeUnit.SECONDS)
        .otherwiseEmpty()
        .map(rest -> response.statusCode());
  }
}
