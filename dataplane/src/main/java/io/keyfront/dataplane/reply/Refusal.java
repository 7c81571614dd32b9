package io.keyfront.dataplane.reply;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.LimitFault;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.protocols.error.ErrorAnswer;
import io.keyfront.protocols.error.ErrorAnswers;
import io.vertx.core.http.HttpServerResponse;

/** Sends a fault as the whole answer, in the caller's dialect. */
public final class Refusal {
  private Refusal() {}

  public static void send(HttpServerResponse response, Fault fault, Received received) {
    ErrorAnswer answer = ErrorAnswers.render(fault, received.dialect(), received.requestId());
    response.setStatusCode(answer.status());
    response.setChunked(false);
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    if (fault instanceof LimitFault.RateLimited limited) {
      RateLimitHeaders.refused(
          limited, received.dialect(), received.startedAt(), response.headers());
    }
    response.end(answer.body());
  }
}
