package io.keyfront.protocols.route;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_EMBEDDINGS;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;

import io.keyfront.core.provider.Dialect;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * Reads method and path. Total: every input gives an answer.
 *
 * <p>A path is a provider (or none), a base (versions, and the provider's own base path) and a
 * resource, which alone decides the protocol. What is not listed here is {@link Routing.Unknown}: a
 * path that is not understood cannot be metered.
 */
public final class RouteParser {
  private static final Routing UNKNOWN = new Routing.Unknown();
  private static final List<String> HEALTH = List.of("health");
  private static final List<String> USAGE = List.of("usage");
  private static final List<String> SELF = List.of("v1", "self");
  private static final List<String> SIGNING_KEYS = List.of(".well-known", "jwks.json");

  private RouteParser() {}

  /**
   * Reads a request line.
   *
   * @param method as sent
   * @param target the request target without its query; absolute-form is accepted
   * @param hint the dialect that the credential's header implies; decides between protocols where
   *     the path leaves it open ({@code GET …/models})
   */
  public static Routing parse(String method, String target, Dialect hint) {
    try {
      List<String> names = PathSegments.read(target);
      Optional<Routing> own = ownPath(method, names);
      return own.isPresent() ? own.get() : providerPath(method, names, hint);
    } catch (UnreadablePath e) {
      return new Routing.Malformed(e.why());
    }
  }

  /** The paths that are Keyfront's, not a provider's. */
  private static Optional<Routing> ownPath(String method, List<String> names) {
    if (names.isEmpty()) {
      boolean probe = method.equals("HEAD") || method.equals("GET");
      return Optional.of(probe ? new Routing.Probe() : UNKNOWN);
    }
    if (names.equals(HEALTH)) {
      boolean probe = method.equals("HEAD");
      return Optional.of(probe ? new Routing.Probe() : onlyGet(method, new Routing.Health()));
    }
    if (names.equals(USAGE)) {
      return Optional.of(onlyGet(method, new Routing.UsageReport()));
    }
    if (names.equals(SIGNING_KEYS)) {
      return Optional.of(onlyGet(method, new Routing.SigningKeys()));
    }
    return names.equals(SELF) ? Optional.of(onlyGet(method, new Routing.Self())) : Optional.empty();
  }

  private static Routing onlyGet(String method, Routing route) {
    return method.equals("GET") ? route : new Routing.WrongMethod("GET");
  }

  private static Routing providerPath(String method, List<String> names, Dialect hint)
      throws UnreadablePath {
    Optional<PathBase> found = PathBase.of(names);
    if (found.isEmpty()) {
      return UNKNOWN;
    }
    PathBase base = found.get();
    List<String> rest = names.subList(base.length(), names.size());
    if (rest.isEmpty()) {
      return method.equals("HEAD") ? new Routing.Probe() : UNKNOWN;
    }
    return switch (rest.getFirst()) {
      case "messages" -> messages(method, base, rest);
      case "chat" ->
          rest.size() == 2 && rest.get(1).equals("completions")
              ? post(method, base, OPENAI_CHAT, Operation.GENERATE)
              : UNKNOWN;
      case "responses" -> single(method, base, rest, OPENAI_RESPONSES);
      case "embeddings" -> single(method, base, rest, OPENAI_EMBEDDINGS);
      case "models", "tunedModels" -> ModelPath.parse(method, base, rest, hint);
      default -> UNKNOWN;
    };
  }

  private static Routing messages(String method, PathBase base, List<String> rest) {
    if (rest.size() == 1) {
      return post(method, base, ANTHROPIC_MESSAGES, Operation.GENERATE);
    }
    return rest.size() == 2 && rest.get(1).equals("count_tokens")
        ? post(method, base, ANTHROPIC_MESSAGES, Operation.COUNT_TOKENS)
        : UNKNOWN;
  }

  private static Routing single(
      String method, PathBase base, List<String> rest, Protocol protocol) {
    return rest.size() == 1 ? post(method, base, protocol, Operation.GENERATE) : UNKNOWN;
  }

  private static Routing post(
      String method, PathBase base, Protocol protocol, Operation operation) {
    return method.equals("POST")
        ? new Routing.Call(
            base.provider(), List.of(protocol), operation, Optional.empty(), base.version(), "")
        : new Routing.WrongMethod("POST");
  }
}
