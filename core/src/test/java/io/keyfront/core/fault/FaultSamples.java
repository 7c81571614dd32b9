package io.keyfront.core.fault;

import static io.keyfront.core.fault.FaultKind.CAPACITY;
import static io.keyfront.core.fault.FaultKind.CLIENT;
import static io.keyfront.core.fault.FaultKind.INTERNAL;
import static io.keyfront.core.fault.FaultKind.POLICY;
import static io.keyfront.core.fault.FaultKind.UPSTREAM;

import io.keyfront.core.scope.Scope;
import io.keyfront.core.scope.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One of every fault there is, with what callers are promised about it. */
final class FaultSamples {
  /** What every sample's private detail says. */
  static final String DETAIL = "private-detail";

  private static final Target TARGET = new Target("openai", "gpt-5");
  private static final Retry SOON = new Retry.After(Duration.ofSeconds(1));

  static final List<Sample> ALL =
      List.of(
          of(new AuthFault.MissingToken(), "missing_authorization", 401, POLICY, Retry.NEVER),
          of(new AuthFault.InvalidToken(DETAIL), "invalid_token", 401, POLICY, Retry.NEVER),
          of(new AuthFault.ExpiredToken(Instant.EPOCH), "token_expired", 401, POLICY, Retry.NEVER),
          of(new AuthFault.RevokedToken(), "token_revoked", 401, POLICY, Retry.NEVER),
          of(
              new AuthFault.UnknownServiceAccount("team", "agent"),
              "unknown_service_account",
              401,
              POLICY,
              Retry.NEVER),
          of(
              new AuthFault.ServiceAccountGone("team", "agent"),
              "service_account_gone",
              401,
              POLICY,
              Retry.NEVER),
          of(new AuthFault.WrongAudience("keyfront"), "wrong_audience", 401, POLICY, Retry.NEVER),
          of(
              new PolicyFault.ScopeDenied(TARGET, Scope.of(List.of("anthropic:*"))),
              "scope_denied",
              403,
              POLICY,
              Retry.NEVER),
          of(
              new PolicyFault.AddressDenied("192.0.2.7"),
              "address_denied",
              403,
              POLICY,
              Retry.NEVER),
          of(new PolicyFault.AdminRequired(), "admin_required", 403, POLICY, Retry.NEVER),
          of(
              new LimitFault.RateLimited("This token", "requests", 60, Duration.ofSeconds(1)),
              "rate_limited",
              429,
              POLICY,
              SOON),
          of(new LimitFault.TooManyCalls("This token", 3), "too_many_calls", 429, POLICY, SOON),
          of(
              new LimitFault.BudgetExhausted(
                  "This token",
                  Optional.of("0.05 USD"),
                  Optional.of(Instant.parse("2026-12-01T00:00:00Z"))),
              "budget_exhausted",
              402,
              POLICY,
              Retry.NEVER),
          of(
              new LimitFault.BudgetHeld(
                  "This token", Optional.of("0.01 USD"), Duration.ofSeconds(1)),
              "budget_held",
              429,
              POLICY,
              SOON),
          of(
              new LimitFault.CallTooLarge("This token", "0.06 USD", Optional.of("0.05 USD")),
              "call_too_large",
              402,
              POLICY,
              Retry.NEVER),
          of(
              new LimitFault.Unpriced("openai", "gpt-5"),
              "model_unpriced",
              403,
              POLICY,
              Retry.NEVER),
          of(new CapacityFault.Draining(), "draining", 503, CAPACITY, SOON),
          of(new CapacityFault.Starting(), "starting", 503, CAPACITY, SOON),
          of(new CapacityFault.ConnectionsFull(20_000), "connections_full", 503, CAPACITY, SOON),
          of(new CapacityFault.BodiesFull(1 << 28), "proxy_full", 503, CAPACITY, SOON),
          of(
              new CapacityFault.LedgerUnavailable(DETAIL),
              "ledger_unavailable",
              503,
              CAPACITY,
              SOON),
          of(
              new UpstreamFault.CredentialUnavailable("openai"),
              "credential_unavailable",
              502,
              UPSTREAM,
              Retry.NEVER),
          of(
              new UpstreamFault.CredentialExpired("openai", Instant.EPOCH),
              "credential_expired",
              502,
              UPSTREAM,
              Retry.NEVER),
          upstream(new UpstreamFault.Unreachable("openai", DETAIL), "upstream_unreachable", 502),
          upstream(new UpstreamFault.Reset("openai", DETAIL), "upstream_reset", 502),
          upstream(new UpstreamFault.BadReply("openai", DETAIL), "upstream_bad_reply", 502),
          upstream(new UpstreamFault.TimedOut("openai", 60), "upstream_timeout", 504),
          of(new InternalFault(DETAIL), "internal_error", 500, INTERNAL, Retry.UNSAID),
          client(
              "unknownRoute",
              RequestFault.unknownRoute("GET", "/favicon.ico"),
              "unknown_route",
              404),
          client(
              "methodNotAllowed",
              RequestFault.methodNotAllowed("GET", "/openai/v1/responses", "POST"),
              "method_not_allowed",
              405),
          client(
              "unknownProvider",
              RequestFault.unknownProvider("opnai", List.of("openai", "mock")),
              "unknown_provider",
              404),
          client(
              "protocolNotSpoken",
              RequestFault.protocolNotSpoken("groq", "/groq/v1/messages", List.of("openai-chat")),
              "unknown_route",
              404),
          client(
              "routeProviderMismatch",
              RequestFault.routeProviderMismatch("/v1/messages", "openai"),
              "route_provider_mismatch",
              400),
          client(
              "providerAmbiguous",
              RequestFault.providerAmbiguous("llama-4", List.of("groq", "together")),
              "provider_ambiguous",
              400),
          client(
              "aliasCrossesProtocols",
              RequestFault.aliasCrossesProtocols("fast", TARGET, "anthropic-messages"),
              "alias_crosses_protocols",
              400),
          client(
              "notJson",
              RequestFault.notJson("it is empty; send one object"),
              "body_not_json",
              400),
          client("fieldRepeated", RequestFault.fieldRepeated("model"), "field_repeated", 400),
          client("fieldMissing", RequestFault.fieldMissing("model"), "field_missing", 400),
          client("fieldWrong", RequestFault.fieldWrong("model", "a text"), "field_wrong", 400),
          client("bodyTooLarge", RequestFault.bodyTooLarge(1 << 25), "body_too_large", 413),
          client(
              "unsupportedEncoding",
              RequestFault.unsupportedEncoding("br"),
              "unsupported_encoding",
              415),
          client("bodyTimeout", RequestFault.bodyTimeout(30), "body_timeout", 408),
          client("clientStalled", RequestFault.clientStalled(600), "client_stalled", 408),
          client(
              "malformed",
              RequestFault.malformed("The header X must be a number."),
              "malformed_request",
              400),
          client("backgroundRefused", RequestFault.backgroundRefused(), "background_refused", 400),
          client("headersTooLarge", RequestFault.headersTooLarge(32_768), "headers_too_large", 431),
          client("upgradeRefused", RequestFault.upgradeRefused(), "upgrade_refused", 426));

  /**
   * A fault and what is promised about it.
   *
   * @param name the record's, or for a request's fault the method's that makes it
   */
  record Sample(String name, Fault fault, String code, int status, FaultKind kind, Retry retry) {
    @Override
    public String toString() {
      return name;
    }
  }

  private FaultSamples() {}

  private static Sample of(Fault fault, String code, int status, FaultKind kind, Retry retry) {
    return new Sample(fault.getClass().getSimpleName(), fault, code, status, kind, retry);
  }

  private static Sample upstream(UpstreamFault fault, String code, int status) {
    return of(fault, code, status, UPSTREAM, Retry.UNSAID);
  }

  private static Sample client(String factory, RequestFault fault, String code, int status) {
    return new Sample(factory, fault, code, status, CLIENT, Retry.NEVER);
  }
}
