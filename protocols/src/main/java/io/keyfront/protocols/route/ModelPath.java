package io.keyfront.protocols.route;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.provider.Dialect;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Paths with a model in them: lists of models, one model, and Gemini's calls. Gemini's verb stands
 * behind the last colon, so model names may hold colons themselves.
 *
 * <p>Shapes from the Gemini API reference (models, tunedModels), and the model endpoints of the
 * Anthropic and OpenAI references.
 */
final class ModelPath {
  /** Longest model name, in characters: it stands in records, metrics and upstream paths. */
  static final int MAX_MODEL_LENGTH = 512;

  private static final Routing UNKNOWN = new Routing.Unknown();
  private static final String HEX = "0123456789ABCDEF";
  private static final String TUNED = "tunedModels/";

  private ModelPath() {}

  /**
   * Reads the rest of a path.
   *
   * @param rest begins with {@code models} or {@code tunedModels}
   */
  static Routing parse(String method, PathBase base, List<String> rest, Dialect hint)
      throws UnreadablePath {
    boolean tuned = rest.getFirst().equals("tunedModels");
    if (tuned && (rest.size() == 1 || base.openAi())) {
      return UNKNOWN;
    }
    if (rest.size() == 1) {
      return get(method, base, Operation.LIST_MODELS, Optional.empty(), hint);
    }
    String name = String.join("/", tuned ? rest : rest.subList(1, rest.size()));
    int colon = name.lastIndexOf(':');
    Optional<Operation> asked = base.openAi() ? Optional.empty() : operation(name, colon);
    if (asked.isPresent()) {
      return gemini(method, base, asked.get(), name, colon);
    }
    if (colon > name.lastIndexOf('/') && !method.equals("GET")) {
      return UNKNOWN;
    }
    return get(method, base, Operation.GET_MODEL, Optional.of(checked(name)), hint);
  }

  /** The path of one model, or of a call upon it, upstream. */
  static String suffix(Protocol protocol, String model, String version, String verb) {
    StringBuilder path = new StringBuilder(model.length() + 48);
    if (protocol == GEMINI) {
      path.append('/').append(version);
    }
    path.append(protocol == GEMINI && model.startsWith(TUNED) ? "/" : "/models/");
    appendEncoded(path, model);
    if (!verb.isEmpty()) {
      path.append(':').append(verb);
    }
    return path.toString();
  }

  private static Routing gemini(
      String method, PathBase base, Operation operation, String name, int colon)
      throws UnreadablePath {
    if (!method.equals("POST")) {
      return new Routing.WrongMethod("POST");
    }
    return new Routing.Call(
        base.provider(),
        List.of(GEMINI),
        operation,
        Optional.of(checked(name.substring(0, colon))),
        base.version(),
        name.substring(colon + 1));
  }

  private static Optional<Operation> operation(String name, int colon) {
    return switch (name.substring(colon + 1)) {
      case "generateContent", "streamGenerateContent" ->
          colon < 0 ? Optional.empty() : Optional.of(Operation.GENERATE);
      case "countTokens" -> colon < 0 ? Optional.empty() : Optional.of(Operation.COUNT_TOKENS);
      default -> Optional.empty();
    };
  }

  private static Routing get(
      String method, PathBase base, Operation operation, Optional<String> model, Dialect hint) {
    return method.equals("GET")
        ? new Routing.Call(
            base.provider(), protocols(base, model, hint), operation, model, base.version(), "")
        : new Routing.WrongMethod("GET");
  }

  private static List<Protocol> protocols(PathBase base, Optional<String> model, Dialect hint) {
    if (base.openAi()) {
      return List.of(OPENAI_CHAT);
    }
    boolean geminiOnly = base.version().equals("v1beta") && base.versioned();
    if (geminiOnly || model.filter(name -> name.startsWith(TUNED)).isPresent()) {
      return List.of(GEMINI);
    }
    return switch (hint) {
      case OPENAI -> List.of(OPENAI_CHAT, ANTHROPIC_MESSAGES, GEMINI);
      case ANTHROPIC -> List.of(ANTHROPIC_MESSAGES, OPENAI_CHAT, GEMINI);
      case GEMINI -> List.of(GEMINI, OPENAI_CHAT, ANTHROPIC_MESSAGES);
    };
  }

  private static String checked(String model) throws UnreadablePath {
    if (model.isEmpty() || model.endsWith("/")) {
      throw new UnreadablePath("The path names no model: put one behind /models/.");
    }
    if (model.length() > MAX_MODEL_LENGTH) {
      throw new UnreadablePath(
          "The model's name is longer than " + MAX_MODEL_LENGTH + " characters.");
    }
    if (PathSegments.hasDotOrEmptySegment(model)) {
      throw new UnreadablePath("The path holds a dot segment: send it resolved.");
    }
    return model;
  }

  private static void appendEncoded(StringBuilder path, String model) {
    // Dots are legal in a path and so stay as they are; a name made of them would climb.
    if (PathSegments.hasDotOrEmptySegment(model)) {
      throw new Refused(
          RequestFault.malformed(
              "A model's name that is empty or holds a dot segment cannot stand in a path."));
    }
    for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        path.append(c);
      } else {
        path.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || ":@/-._~".indexOf(c) >= 0;
  }
}
