package io.keyfront.testkit.speech;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path asks for.
 *
 * @param model the model in the path; empty where it is in the body or none is needed
 */
public record Call(Dialect dialect, Verb verb, String model) {
  /** What is to be done. */
  public enum Verb {
    GENERATE,
    STREAM,
    COUNT_TOKENS,
    LIST_MODELS,
    GET_MODEL,
    UNKNOWN
  }

  private static final Pattern OPENAI_BASE =
      Pattern.compile("^(?:/openai/v1|/api/v1|/v1beta/openai|/v1)(/.*)$");
  private static final Pattern GEMINI_VERB =
      Pattern.compile("^/v1(?:beta)?/models/([^:]+):([A-Za-z]+)$");
  private static final Pattern MODEL = Pattern.compile("^/models/(.+)$");

  /** Reads the path; where the providers share one, the credential's header tells them apart. */
  public static Call of(Question question) {
    String path = question.path();
    Matcher gemini = GEMINI_VERB.matcher(path);
    if (gemini.matches()) {
      return new Call(Dialect.GEMINI, geminiVerb(gemini.group(2)), gemini.group(1));
    }
    if (path.startsWith("/v1beta/models")) {
      return models(Dialect.GEMINI, path.substring("/v1beta".length()));
    }
    Matcher based = OPENAI_BASE.matcher(path);
    if (!based.matches()) {
      return new Call(Dialect.OPENAI_CHAT, Verb.UNKNOWN, "");
    }
    String suffix = based.group(1);
    return switch (suffix) {
      case "/messages" -> new Call(Dialect.ANTHROPIC, Verb.GENERATE, "");
      case "/messages/count_tokens" -> new Call(Dialect.ANTHROPIC, Verb.COUNT_TOKENS, "");
      case "/chat/completions" -> new Call(Dialect.OPENAI_CHAT, Verb.GENERATE, "");
      case "/responses" -> new Call(Dialect.OPENAI_RESPONSES, Verb.GENERATE, "");
      case "/embeddings" -> new Call(Dialect.OPENAI_EMBEDDINGS, Verb.GENERATE, "");
      default -> models(asker(question), suffix);
    };
  }

  private static Call models(Dialect dialect, String suffix) {
    Matcher model = MODEL.matcher(suffix);
    if (model.matches()) {
      return new Call(dialect, Verb.GET_MODEL, model.group(1));
    }
    Verb verb = suffix.equals("/models") ? Verb.LIST_MODELS : Verb.UNKNOWN;
    return new Call(dialect, verb, "");
  }

  private static Dialect asker(Question question) {
    Optional<String> google = question.header("x-goog-api-key").or(() -> question.parameter("key"));
    if (google.isPresent()) {
      return Dialect.GEMINI;
    }
    boolean anthropic =
        question.header("anthropic-version").isPresent()
            || question.header("x-api-key").isPresent();
    return anthropic ? Dialect.ANTHROPIC : Dialect.OPENAI_CHAT;
  }

  private static Verb geminiVerb(String verb) {
    return switch (verb) {
      case "generateContent" -> Verb.GENERATE;
      case "streamGenerateContent" -> Verb.STREAM;
      case "countTokens" -> Verb.COUNT_TOKENS;
      default -> Verb.UNKNOWN;
    };
  }
}
