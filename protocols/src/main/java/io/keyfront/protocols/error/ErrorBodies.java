package io.keyfront.protocols.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Retry;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Faults as JSON, in each dialect's shape and names; our own code stands beside theirs. */
final class ErrorBodies {
  private static final JsonFactory JSON = new JsonFactory();

  private ErrorBodies() {}

  /** Writes one object's fields. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static String anthropic(Fault fault, String requestId) {
    return object(
        json -> {
          json.writeStringField("type", "error");
          json.writeObjectFieldStart("error");
          json.writeStringField("type", anthropicType(fault.status()));
          json.writeStringField("message", fault.message());
          json.writeStringField("code", fault.code());
          json.writeEndObject();
          json.writeStringField("request_id", requestId);
        });
  }

  static String openAi(Fault fault) {
    return object(
        json -> {
          json.writeObjectFieldStart("error");
          json.writeStringField("message", fault.message());
          json.writeStringField("type", openAiType(fault.status()));
          json.writeNullField("param");
          json.writeStringField("code", fault.code());
          json.writeEndObject();
        });
  }

  static String gemini(Fault fault) {
    return object(
        json -> {
          json.writeObjectFieldStart("error");
          json.writeNumberField("code", fault.status());
          json.writeStringField("message", fault.message());
          json.writeStringField("status", geminiStatus(fault.status()));
          json.writeArrayFieldStart("details");
          json.writeStartObject();
          json.writeStringField("@type", "type.googleapis.com/google.rpc.ErrorInfo");
          json.writeStringField("reason", fault.code());
          json.writeStringField("domain", "keyfront.io");
          json.writeEndObject();
          if (fault.retry() instanceof Retry.After after) {
            json.writeStartObject();
            json.writeStringField("@type", "type.googleapis.com/google.rpc.RetryInfo");
            json.writeStringField("retryDelay", ErrorAnswers.seconds(after.delay()) + "s");
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** The event {@code error} of a Responses stream. */
  static String responsesError(Fault fault) {
    return object(
        json -> {
          json.writeStringField("type", "error");
          json.writeStringField("code", fault.code());
          json.writeStringField("message", fault.message());
          json.writeNullField("param");
          json.writeNumberField("sequence_number", 0);
        });
  }

  /**
   * The event that ends a Responses stream; clients wait for it. Its response is the least legal.
   */
  static String responseFailed(Fault fault, String requestId) {
    return object(
        json -> {
          json.writeStringField("type", "response.failed");
          json.writeNumberField("sequence_number", 1);
          json.writeObjectFieldStart("response");
          json.writeStringField("id", "resp_" + requestId);
          json.writeStringField("object", "response");
          json.writeNumberField("created_at", 0);
          json.writeStringField("status", "failed");
          json.writeObjectFieldStart("error");
          json.writeStringField("code", fault.code());
          json.writeStringField("message", fault.message());
          json.writeEndObject();
          json.writeNullField("incomplete_details");
          json.writeStringField("model", "");
          json.writeArrayFieldStart("output");
          json.writeEndArray();
          json.writeNullField("usage");
          json.writeEndObject();
        });
  }

  private static String anthropicType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 503, 529 -> "overloaded_error";
      case 504 -> "timeout_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  private static String openAiType(int status) {
    return switch (status) {
      case 402 -> "insufficient_quota";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }

  /**
   * Names of google.rpc.Code. An empty purse is no {@code RESOURCE_EXHAUSTED}: Google's clients try
   * that one again.
   */
  private static String geminiStatus(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 402 -> "FAILED_PRECONDITION";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 408, 504 -> "DEADLINE_EXCEEDED";
      case 502, 503, 529 -> "UNAVAILABLE";
      default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }

  private static String object(Fields fields) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed.", e);
    }
    return text.toString();
  }
}
