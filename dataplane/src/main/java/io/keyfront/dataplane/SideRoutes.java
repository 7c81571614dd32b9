package io.keyfront.dataplane;

import io.keyfront.core.fault.AuthFault;
import io.keyfront.core.fault.CapacityFault;
import io.keyfront.core.fault.PolicyFault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.money.UsageTotals;
import io.keyfront.core.session.AdminTokens;
import io.keyfront.core.session.AdminVerdict;
import io.keyfront.core.session.Authorities;
import io.keyfront.dataplane.authenticate.Authenticator;
import io.keyfront.dataplane.authenticate.Bearer;
import io.keyfront.dataplane.authenticate.Identified;
import io.keyfront.dataplane.intake.Received;
import io.keyfront.protocols.route.Routing;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the agents' port serves beside model calls: probes, health, keys, usage, who am I. */
final class SideRoutes {
  private final Authenticator authenticator;
  private final Ledger ledger;

  SideRoutes(Authenticator authenticator, Ledger ledger) {
    this.authenticator = authenticator;
    this.ledger = ledger;
  }

  /**
   * The JSON body of the answer.
   *
   * @throws Refused when the caller may not know, or there is nothing
   */
  Future<String> answer(Received received) {
    return switch (received.routing()) {
      case Routing.Probe probe -> Future.succeededFuture(SideAnswers.probe());
      case Routing.Health health ->
          Future.succeededFuture(SideAnswers.health(received.requestId()));
      case Routing.SigningKeys keys ->
          Future.succeededFuture(signingKeys(received.snapshot().settings().authorities()));
      case Routing.Self self -> authenticator.identify(received).compose(this::self);
      case Routing.UsageReport usage -> usage(received, admin(received));
      case Routing.WrongMethod(String allowed) -> throw refused(received, allowed);
      case Routing.Malformed(String why) -> throw new Refused(RequestFault.malformed(why));
      case Routing.Unknown unknown ->
          throw new Refused(
              RequestFault.unknownRoute(
                  received.request().method().name(), received.target().path()));
      case Routing.Call call ->
          throw new IllegalArgumentException("A model call is no side route.");
    };
  }

  private static Refused refused(Received received, String allowed) {
    String method = received.request().method().name();
    return new Refused(RequestFault.methodNotAllowed(method, received.target().path(), allowed));
  }

  /** The public halves, so nobody has to say who they are. */
  private static String signingKeys(Authorities authorities) {
    return authorities
        .machineTokens()
        .map(operator -> operator.keys().json())
        .orElse("{\"keys\":[]}");
  }

  private Future<String> self(Identified identified) {
    return standing(AccountId.token(identified.identity().account()))
        .map(standing -> SelfAnswer.of(identified.identity(), standing));
  }

  private Future<String> usage(Received received, String viewer) {
    MultiMap query = received.request().params();
    Optional<String> workspace = Optional.ofNullable(query.get("workspaceId"));
    Optional<String> credential = Optional.ofNullable(query.get("credentialId"));
    return Future.all(
            accounts(received, workspace, credential).stream().map(this::standing).toList())
        .map(
            standings ->
                SideAnswers.usage(
                    received.requestId(),
                    totals(standings.<Standing>list()),
                    workspace,
                    credential,
                    viewer));
  }

  private static UsageTotals totals(List<Standing> standings) {
    return standings.stream().map(Standing::totals).reduce(UsageTotals.NONE, UsageTotals::plus);
  }

  /**
   * The workspace wins when both are given, as in the predecessor. Its tokens may be signed by any
   * of the issuers.
   */
  private static List<AccountId> accounts(
      Received received, Optional<String> workspace, Optional<String> credential) {
    return workspace
        .map(
            subject ->
                received.snapshot().settings().issuers().stream()
                    .map(issuer -> AccountId.token(issuer.name() + "/" + subject))
                    .toList())
        .or(() -> credential.map(id -> List.of(credential(id))))
        .orElse(List.of(AccountId.EVERYTHING));
  }

  private static AccountId credential(String id) {
    return AccountId.credential(id.indexOf('/') < 0 ? "default/" + id : id);
  }

  private static String admin(Received received) {
    String token =
        Bearer.token(received.request().getHeader(HttpHeaders.AUTHORIZATION))
            .orElseThrow(() -> new Refused(new AuthFault.MissingToken()));
    AdminVerdict verdict =
        received
            .snapshot()
            .settings()
            .admin()
            .map(issuer -> AdminTokens.verify(token, issuer, received.startedAt()))
            .orElseGet(AdminVerdict.NoRight::new);
    return switch (verdict) {
      case AdminVerdict.Granted(String subject) -> subject;
      case AdminVerdict.NoRight none -> throw new Refused(new PolicyFault.AdminRequired());
      case AdminVerdict.Expired(Instant at) -> throw new Refused(new AuthFault.ExpiredToken(at));
      case AdminVerdict.Invalid(String reason) ->
          throw new Refused(new AuthFault.InvalidToken(reason));
    };
  }

  private Future<Standing> standing(AccountId account) {
    return Future.fromCompletionStage(ledger.standing(account), Vertx.currentContext())
        .recover(
            away ->
                Future.failedFuture(
                    new Refused(new CapacityFault.LedgerUnavailable(away.toString()))));
  }
}
