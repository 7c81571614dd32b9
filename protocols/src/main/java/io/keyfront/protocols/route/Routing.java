package io.keyfront.protocols.route;

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

    /**
     * The protocol's own path upstream, to stand behind the provider's base: {@code
     * /chat/completions}, {@code /messages/count_tokens}, {@code /v1beta/models/NAME:VERB}.
     *
     * @param protocol the one of {@link #protocols} that was chosen
     * @param model the target's model, encoded here where the path carries it
     */
    public String suffix(Protocol protocol, String model) {
      throw new UnsupportedOperationException();
    }
  }

  /** {@code HEAD} of a base path, or {@code GET /}: clients ask whether anybody is there. */
  record Probe() implements Routing {}

  /** {@code GET /v1/self}. */
  record Self() implements Routing {}

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
