package io.keyfront.core.fault;

import io.keyfront.core.scope.Target;
import java.util.Collection;
import java.util.List;

/** The request itself is wrong: 4xx, terminal. */
public sealed interface RequestFault extends Fault {
  @Override
  default FaultKind kind() {
    return FaultKind.CLIENT;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /** A case that is nothing but its code, status and sentence. */
  record Plain(String code, int status, String message) implements RequestFault {}

  /**
   * The path is served, but not with this method.
   *
   * @param allowed the method that it takes, for the header {@code Allow} (RFC 9110, 15.5.6)
   */
  record MethodNotAllowed(String method, String path, String allowed) implements RequestFault {
    @Override
    public String code() {
      return "method_not_allowed";
    }

    @Override
    public int status() {
      return 405;
    }

    @Override
    public String message() {
      return "%s does not take %s: use %s.".formatted(path, method, allowed);
    }
  }

  static RequestFault unknownRoute(String method, String path) {
    return new Plain(
        "unknown_route",
        404,
        "Nothing is served at %s %s. Model calls go to /{provider}/v1/messages, /{provider}/v1/chat/completions, /{provider}/v1/responses, /{provider}/v1/embeddings or /gemini/v1beta/models/{model}:generateContent."
            .formatted(method, path));
  }

  static RequestFault methodNotAllowed(String method, String path, String allowed) {
    return new MethodNotAllowed(method, path, allowed);
  }

  static RequestFault unknownProvider(String name, Collection<String> known) {
    return new Plain(
        "unknown_provider",
        404,
        "There is no provider '%s'. Known: %s. A ProviderCredential with endpoint and protocol adds one."
            .formatted(name, String.join(", ", known)));
  }

  static RequestFault protocolNotSpoken(String provider, String path, List<String> spoken) {
    return new Plain(
        "unknown_route",
        404,
        "Provider %s does not serve %s. It speaks: %s."
            .formatted(provider, path, String.join(", ", spoken)));
  }

  static RequestFault routeProviderMismatch(String path, String provider) {
    return new Plain(
        "route_provider_mismatch",
        400,
        "Path %s is not valid for provider %s, which this token's claim names. Use a path that it speaks, or ask for a token for another provider."
            .formatted(path, provider));
  }

  static RequestFault providerAmbiguous(String model, List<String> choices) {
    String rest =
        choices.isEmpty()
            ? "No configured provider in this token's scope serves it here; name one in the path: /{provider}/v1/…"
            : "Name one in the path: "
                + String.join(", ", choices.stream().map(c -> "/" + c + "/v1/…").toList());
    String what = model.isEmpty() ? "list its models" : "serve model '" + model + "'";
    return new Plain(
        "provider_ambiguous", 400, "Which provider should %s? %s.".formatted(what, rest));
  }

  static RequestFault aliasCrossesProtocols(String alias, Target target, String protocol) {
    return new Plain(
        "alias_crosses_protocols",
        400,
        "Alias %s sends this call to %s, which does not speak %s; translation is not supported yet. Point the alias at a provider that speaks it."
            .formatted(alias, target, protocol));
  }

  static RequestFault notJson(String where) {
    return new Plain("body_not_json", 400, "The request body is not valid JSON: " + where + ".");
  }

  static RequestFault fieldRepeated(String field) {
    return new Plain(
        "field_repeated",
        400,
        "The request body has the field '%s' more than once: send it once.".formatted(field));
  }

  static RequestFault fieldMissing(String field) {
    return new Plain(
        "field_missing", 400, "The request body has no field '%s': add it.".formatted(field));
  }

  static RequestFault fieldWrong(String field, String expected) {
    return new Plain("field_wrong", 400, "The field '%s' must be %s.".formatted(field, expected));
  }

  static RequestFault bodyTooLarge(long limitBytes) {
    return new Plain(
        "body_too_large",
        413,
        "The request body is larger than %d bytes. Send less, or raise --max-body-bytes."
            .formatted(limitBytes));
  }

  static RequestFault unsupportedEncoding(String encoding) {
    return new Plain(
        "unsupported_encoding",
        415,
        "Content-Encoding '%s' cannot be read here: send gzip, deflate or no encoding."
            .formatted(encoding));
  }

  static RequestFault bodyTimeout(long seconds) {
    return new Plain(
        "body_timeout",
        408,
        "The request body did not arrive within %d s: send it without pauses.".formatted(seconds));
  }

  /** The client stopped reading its answer; it is told by a broken connection only. */
  static RequestFault clientStalled(long seconds) {
    return new Plain(
        "client_stalled",
        408,
        "The client read nothing of its answer for %d s. Send the call again, and read it to its end."
            .formatted(seconds));
  }

  /**
   * A request that cannot be read.
   *
   * @param what the whole public sentence
   */
  static RequestFault malformed(String what) {
    return new Plain("malformed_request", 400, what);
  }

  static RequestFault headersTooLarge(int limitBytes) {
    return new Plain(
        "headers_too_large",
        431,
        "The request's headers are larger than %d bytes: send less.".formatted(limitBytes));
  }

  /** What runs on after the answer cannot be metered. */
  static RequestFault backgroundRefused() {
    return new Plain(
        "background_refused",
        400,
        "This token has a budget, and what runs in the background cannot be counted against it: send the call without background, or with background: false.");
  }

  static RequestFault upgradeRefused() {
    return new Plain(
        "upgrade_refused",
        426,
        "WebSocket is not spoken here: send the call as a plain HTTP POST with stream: true.");
  }
}
