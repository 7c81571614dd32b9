package io.keyfront.protocols.error;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.fault.Retry;
import io.keyfront.core.provider.Dialect;
import io.keyfront.core.provider.Protocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The one place that turns a fault into bytes.
 *
 * <p>Shapes from the error pages of the Anthropic, OpenAI and Gemini API references; {@code
 * x-should-retry}, {@code retry-after} and {@code retry-after-ms} are what the official SDKs of the
 * first two obey.
 */
public final class ErrorAnswers {
  private static final long MILLIS_PER_SECOND = 1000;

  private ErrorAnswers() {}

  /** The whole answer, for a call whose answer has not begun. */
  public static ErrorAnswer render(Fault fault, Dialect dialect, String requestId) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", "application/json");
    headers.put("x-keyfront-request-id", requestId);
    headers.put("x-keyfront-code", fault.code());
    addRetry(headers, fault.retry());
    addDemands(headers, fault);
    String body =
        switch (dialect) {
          case ANTHROPIC -> ErrorBodies.anthropic(fault, requestId);
          case OPENAI -> ErrorBodies.openAi(fault);
          case GEMINI -> ErrorBodies.gemini(fault);
        };
    return new ErrorAnswer(fault.status(), headers, body);
  }

  /**
   * The events that end a stream of server-sent events which has begun, blank lines included.
   *
   * <p>Begins with blank lines, which mean nothing between events and end one that was cut off.
   */
  public static String streamEvents(Fault fault, Protocol protocol, String requestId) {
    return "\n\n"
        + switch (protocol) {
          case ANTHROPIC_MESSAGES -> event("error", ErrorBodies.anthropic(fault, requestId));
          case OPENAI_CHAT, OPENAI_EMBEDDINGS -> "data: " + ErrorBodies.openAi(fault) + "\n\n";
          case OPENAI_RESPONSES ->
              event("error", ErrorBodies.responsesError(fault))
                  + event("response.failed", ErrorBodies.responseFailed(fault, requestId));
          case GEMINI -> "data: " + ErrorBodies.gemini(fault) + "\n\n";
        };
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  static void addRetry(Map<String, String> headers, Retry retry) {
    switch (retry) {
      case Retry.Never() -> headers.put("x-should-retry", "false");
      case Retry.After(Duration delay) -> {
        headers.put("x-should-retry", "true");
        headers.put("retry-after", Long.toString(seconds(delay)));
        headers.put("retry-after-ms", Long.toString(Math.max(1, millis(delay))));
      }
      case Retry.Unsaid() -> {}
    }
  }

  /** Whole seconds, rounded up, at least one: a client that is told 0 comes back at once. */
  static long seconds(Duration delay) {
    return Math.max(1, Math.ceilDiv(millis(delay), MILLIS_PER_SECOND));
  }

  /** Rounded up: who comes back a part of a millisecond early is refused once more. */
  private static long millis(Duration delay) {
    return delay.plusNanos(999_999).toMillis();
  }

  /**
   * What RFC 9110 wants beside some statuses: {@code Allow} with 405 (15.5.6), and with 426 an
   * {@code Upgrade} that names what is spoken (15.5.22), here the HTTP that the client left for
   * WebSocket, with the {@code Connection} option that must go with it (7.8).
   */
  private static void addDemands(Map<String, String> headers, Fault fault) {
    if (fault instanceof RequestFault.MethodNotAllowed wrong) {
      headers.put("allow", wrong.allowed());
    }
    if (fault.status() == 426) {
      headers.put("upgrade", "HTTP/1.1");
      headers.put("connection", "upgrade");
    }
  }
}
