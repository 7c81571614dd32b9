package io.keyfront.protocols.route;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import java.util.List;
import java.util.Optional;

/** What a request line on the agents' port asks for. */
public sealed interface Routing {
  /**
   * A call to a model API.
   *
   * @param provider the path's first segment; empty when the path names none ({@code /v1/…})
   * @param protocols in order of preference: the first that the provider speaks counts; never empty
   * @param model where the path carries it (Gemini, and one model of a list), decoded
   * @param geminiVersion {@code v1} or {@code v1beta}
   * @param verb what follows the colon in Gemini's own paths ({@code generateContent}); else empty
   */
  record Call(
      Optional<String> provider,
      List<Protocol> protocols,
      Operation operation,
      Optional<String> model,
      String geminiVersion,
      String verb)
      implements Routing {
    public Call {
      protocols = List.copyOf(protocols);
    }

    /** Whether the path itself asks for a stream ({@code :streamGenerateContent}). */
    public boolean streamsByPath() {
      return verb.equals("streamGenerateContent");
    }

    /** The call that counts what this one would make a model read. */
    public Call counting() {
      return new Call(
          provider, protocols, Operation.COUNT_TOKENS, model, geminiVersion, "countTokens");
    }

    /**
     * The protocol's own path upstream, to stand behind the provider's base: {@code
     * /chat/completions}, {@code /messages/count_tokens}, {@code /v1beta/models/NAME:VERB}.
     *
     * @param protocol the one of {@link #protocols} that was chosen
     * @param model the target's model, encoded here where the path carries it
     * @throws Refused when the path would carry the model and it has a dot segment
     * @throws IllegalArgumentException when the protocol has no such call
     */
    public String suffix(Protocol protocol, String model) {
      return switch (operation) {
        case GENERATE ->
            switch (protocol) {
              case ANTHROPIC_MESSAGES -> "/messages";
              case OPENAI_CHAT -> "/chat/completions";
              case OPENAI_RESPONSES -> "/responses";
              case OPENAI_EMBEDDINGS -> "/embeddings";
              case GEMINI -> ModelPath.suffix(protocol, model, geminiVersion, verb);
            };
        case COUNT_TOKENS ->
            switch (protocol) {
              case ANTHROPIC_MESSAGES -> "/messages/count_tokens";
              case GEMINI -> ModelPath.suffix(protocol, model, geminiVersion, verb);
              case OPENAI_CHAT, OPENAI_RESPONSES, OPENAI_EMBEDDINGS ->
                  throw new IllegalArgumentException(protocol.id() + " cannot count tokens.");
            };
        case LIST_MODELS ->
            protocol == Protocol.GEMINI ? "/" + geminiVersion + "/models" : "/models";
        case GET_MODEL -> ModelPath.suffix(protocol, model, geminiVersion, "");
      };
    }
  }

  /** {@code HEAD} of a base path, or {@code GET /}: clients ask whether anybody is there. */
  record Probe() implements Routing {}

  /** {@code GET /v1/self}. */
  record Self() implements Routing {}

  /** {@code GET /.well-known/jwks.json}. */
  record SigningKeys() implements Routing {}

  /** {@code GET /health}. */
  record Health() implements Routing {}

  /** {@code GET /usage}. */
  record UsageReport() implements Routing {}

  /** The path is served, but not with this method. */
  record WrongMethod(String allowed) implements Routing {}

  /** The path is no readable path: a bad escape, a dot segment, a control character. */
  record Malformed(String why) implements Routing {}

  /** Nothing is served there. */
  record Unknown() implements Routing {}
}
