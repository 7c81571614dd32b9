package io.keyfront.testkit.speech;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Error bodies in each dialect's shape, as the providers' error references list them. */
public final class Errors {
  private Errors() {}

  /** The error body that a provider sends with a status. */
  public static ObjectNode body(Dialect dialect, int status, String message) {
    return switch (dialect) {
      case ANTHROPIC -> anthropic(anthropicType(status), message);
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS ->
          openAi(openAiType(status), openAiCode(status), message);
      case GEMINI -> gemini(status, geminiStatus(status), message);
    };
  }

  /** What comes in place of the next event when a stream that began with 200 fails. */
  public static Event inStream(Dialect dialect, long sequenceNumber) {
    return switch (dialect) {
      case ANTHROPIC -> Event.typed(anthropic("overloaded_error", "Overloaded"), 0);
      case OPENAI_RESPONSES ->
          Event.typed(
              Json.object(
                  "type", "error",
                  "sequence_number", sequenceNumber,
                  "code", "server_error",
                  "message", "The fake server had an error.",
                  "param", null),
              0);
      case OPENAI_CHAT, OPENAI_EMBEDDINGS ->
          Event.of(openAi("server_error", null, "The fake server had an error."), 0);
      case GEMINI -> Event.of(gemini(503, "UNAVAILABLE", "The fake model is overloaded."), 0);
    };
  }

  static Answer noKey(Dialect dialect) {
    return switch (dialect) {
      case ANTHROPIC ->
          Answer.free(401, anthropic("authentication_error", "x-api-key header is required"));
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS ->
          Answer.free(401, openAi("invalid_request_error", null, "You didn't provide an API key."));
      case GEMINI ->
          Answer.free(
              403,
              gemini(
                  403,
                  "PERMISSION_DENIED",
                  "Method doesn't allow unregistered callers (callers without established"
                      + " identity)."));
    };
  }

  static Answer wrongKey(Dialect dialect) {
    return switch (dialect) {
      case ANTHROPIC -> Answer.free(401, anthropic("authentication_error", "invalid x-api-key"));
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS ->
          Answer.free(
              401,
              openAi("invalid_request_error", "invalid_api_key", "Incorrect API key provided."));
      case GEMINI -> Answer.free(400, wrongGeminiKey());
    };
  }

  static Answer noModel(Dialect dialect, String model) {
    return switch (dialect) {
      case ANTHROPIC -> Answer.free(404, anthropic("not_found_error", "model: " + model));
      case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS ->
          Answer.free(
              404,
              openAi(
                  "invalid_request_error",
                  "model_not_found",
                  "The model `" + model + "` does not exist or you do not have access to it."));
      case GEMINI ->
          Answer.free(
              404,
              gemini(
                  404,
                  "NOT_FOUND",
                  "models/"
                      + model
                      + " is not found for API version v1beta, or is not supported"
                      + " for generateContent."));
    };
  }

  static Answer noRoute(Dialect dialect, String method, String path) {
    return Answer.free(404, body(dialect, 404, "Invalid URL (" + method + " " + path + ")"));
  }

  private static ObjectNode anthropic(String type, String message) {
    return Json.object(
        "type", "error",
        "error", Json.object("type", type, "message", message),
        "request_id", "req_fake");
  }

  private static ObjectNode openAi(String type, @Nullable String code, String message) {
    return Json.object(
        "error", Json.object("message", message, "type", type, "param", null, "code", code));
  }

  private static ObjectNode gemini(int code, String status, String message) {
    return Json.object("error", Json.object("code", code, "message", message, "status", status));
  }

  private static ObjectNode wrongGeminiKey() {
    ObjectNode body =
        gemini(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.");
    ObjectNode detail =
        Json.object(
            "@type", "type.googleapis.com/google.rpc.ErrorInfo",
            "reason", "API_KEY_INVALID",
            "domain", "googleapis.com");
    body.withObject("error").set("details", Json.array(detail));
    return body;
  }

  private static String anthropicType(int status) {
    return switch (status) {
      case 400 -> "invalid_request_error";
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 529 -> "overloaded_error";
      default -> "api_error";
    };
  }

  private static String openAiType(int status) {
    return switch (status) {
      case 429 -> "requests";
      case 500, 502, 503, 504 -> "server_error";
      default -> "invalid_request_error";
    };
  }

  private static @Nullable String openAiCode(int status) {
    return status == 429 ? "rate_limit_exceeded" : null;
  }

  private static String geminiStatus(int status) {
    return switch (status) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> "INTERNAL";
    };
  }
}
