package io.keyfront.dataplane.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyfront.core.provider.Dialect;
import io.keyfront.core.provider.Protocol;
import org.jspecify.annotations.Nullable;

/** Error bodies in each dialect's shape, with the types that the providers' references list. */
final class MockErrors {
  /** What an error inside a stream says. */
  static final String IN_STREAM = "The mock was asked to fail in the middle of the stream.";

  private MockErrors() {}

  static JsonNode body(Dialect dialect, int status, String message) {
    return switch (dialect) {
      case ANTHROPIC -> anthropic(anthropicType(status), message);
      case OPENAI -> openAi(status, message);
      case GEMINI -> gemini(status, message);
    };
  }

  /** The event that stands in place of the rest of a stream. */
  static Frame inStream(Protocol protocol, Call call, int frames) {
    return switch (protocol) {
      case ANTHROPIC_MESSAGES -> Frame.typed(anthropic("overloaded_error", IN_STREAM));
      case OPENAI_RESPONSES ->
          Frame.typed(
              Json.object(
                  "type",
                  "response.failed",
                  "sequence_number",
                  frames,
                  "response",
                  new ResponsesVoice(call).failed()));
      case OPENAI_CHAT, OPENAI_EMBEDDINGS -> Frame.plain(openAi(500, IN_STREAM));
      case GEMINI -> Frame.plain(gemini(503, IN_STREAM));
    };
  }

  private static ObjectNode anthropic(String type, String message) {
    return Json.object(
        "type", "error",
        "error", Json.object("type", type, "message", message),
        "request_id", "req_mock");
  }

  private static ObjectNode openAi(int status, String message) {
    return Json.object(
        "error",
        Json.object(
            "message",
            message,
            "type",
            openAiType(status),
            "param",
            null,
            "code",
            openAiCode(status)));
  }

  private static ObjectNode gemini(int status, String message) {
    return Json.object(
        "error", Json.object("code", status, "message", message, "status", geminiStatus(status)));
  }

  private static String anthropicType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 529 -> "overloaded_error";
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

  private static @Nullable String openAiCode(int status) {
    return switch (status) {
      case 401 -> "invalid_api_key";
      case 402 -> "insufficient_quota";
      case 404 -> "model_not_found";
      case 429 -> "rate_limit_exceeded";
      default -> null;
    };
  }

  private static String geminiStatus(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503, 529 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }
}
