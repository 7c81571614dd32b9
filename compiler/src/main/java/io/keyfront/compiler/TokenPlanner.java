package io.keyfront.compiler;

import io.keyfront.compiler.ProviderPlanner.Providers;
import io.keyfront.compiler.finding.Reason;
import io.keyfront.compiler.resource.Metadata;
import io.keyfront.compiler.resource.Resource;
import io.keyfront.core.net.CidrSet;
import io.keyfront.core.scope.Scope;
import io.keyfront.core.secret.SecretText;
import io.keyfront.core.token.TokenFormat;
import io.keyfront.core.token.TokenHash;
import io.keyfront.core.token.TokenMint;
import io.keyfront.crds.DurationText;
import io.keyfront.crds.LimitsSpec;
import io.keyfront.crds.MachineTokenSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes the policy of each token. */
final class TokenPlanner {
  static final String TOKEN_FROM = "spec.tokenFrom.secretRef";

  private static final Comparator<TokenPlan> BY_NAME =
      Comparator.comparing(TokenPlan::namespace).thenComparing(TokenPlan::name);

  private final Inputs inputs;
  private final Secrets secrets;
  private final Findings findings;
  private final TokenClaims claims;

  TokenPlanner(Inputs inputs, Secrets secrets, Findings findings) {
    this.inputs = inputs;
    this.secrets = secrets;
    this.findings = findings;
    this.claims = new TokenClaims(findings);
  }

  List<TokenPlan> plan(List<Resource.Token> tokens, Providers providers) {
    List<TokenPlan> plans = new ArrayList<>();
    for (Resource.Token token : tokens) {
      Optional<TokenPlan> plan = plan(token);
      if (plan.isPresent()) {
        plans.add(plan.get());
        warnOfUnknownProviders(token, providers);
        plan.get().rotation().ifPresent(rotation -> warnOfOverlap(token, rotation));
      }
    }
    return plans.stream().sorted(BY_NAME).toList();
  }

  private Optional<TokenPlan> plan(Resource.Token token) {
    Optional<Instant> createdAt = ResourceSet.createdAt(token, inputs.createdAt());
    MachineTokenSpec spec = token.spec();
    if (!isPossibleHere(token)) {
      return Optional.empty();
    }
    if (spec.ttl() != null && spec.rotateBefore() == null && createdAt.isEmpty()) {
      findings.error(
          token,
          Reason.INVALID,
          "spec.ttl",
          "cannot be counted, as nobody knows when the token was created",
          "write expiresAt, or metadata.creationTimestamp");
      return Optional.empty();
    }
    String uid = token.uid();
    Optional<List<TokenHash>> stands = hashes(token, uid);
    if (stands.isEmpty() || !claims.take(token, uid, stands.get())) {
      return Optional.empty();
    }
    return Optional.of(made(token, uid, createdAt, stands.get()));
  }

  /** Without an operator nobody signs, rotates, or knows ServiceAccounts. */
  private boolean isPossibleHere(Resource.Token token) {
    String format = token.spec().format();
    if (inputs.rules().operated()) {
      return true;
    }
    if (!format.equals(MachineTokenSpec.OPAQUE)) {
      findings.error(
          token,
          Reason.NOT_SUPPORTED_YET,
          "spec.format",
          "'" + format + "' needs the operator of a cluster",
          "write Opaque");
      return false;
    }
    if (token.spec().rotateBefore() != null) {
      findings.error(
          token,
          Reason.NOT_SUPPORTED_YET,
          "spec.rotateBefore",
          "needs the operator of a cluster, which writes the Secret anew",
          "remove it");
      return false;
    }
    return true;
  }

  private static TokenPlan made(
      Resource.Token token, String uid, Optional<Instant> createdAt, List<TokenHash> hashes) {
    MachineTokenSpec spec = token.spec();
    Metadata metadata = token.metadata();
    return new TokenPlan(
        metadata.namespace(),
        metadata.name(),
        uid,
        format(spec),
        Optional.ofNullable(spec.serviceAccountName()),
        Scope.of(spec.scopes()),
        createdAt,
        expiresAt(spec, createdAt),
        Rotation.of(spec),
        CidrSet.of(spec.cidrs()),
        spec.revoked(),
        LimitsSpec.limits(spec.limits(), spec.budget()),
        hashes,
        spec.tokenFrom() != null,
        Optional.ofNullable(spec.secretName()),
        Optional.ofNullable(spec.note()),
        metadata.labels(),
        token.origin().source());
  }

  private static TokenFormat format(MachineTokenSpec spec) {
    return switch (spec.format()) {
      case MachineTokenSpec.JWT -> TokenFormat.JWT;
      case MachineTokenSpec.SERVICE_ACCOUNT -> TokenFormat.SERVICE_ACCOUNT;
      default -> TokenFormat.OPAQUE;
    };
  }

  private static Optional<Instant> expiresAt(MachineTokenSpec spec, Optional<Instant> createdAt) {
    if (spec.rotateBefore() != null) {
      return Optional.empty();
    }
    if (spec.expiresAt() != null) {
      return Optional.of(OffsetDateTime.parse(spec.expiresAt()).toInstant());
    }
    Optional<Duration> ttl = Optional.ofNullable(spec.ttl()).map(DurationText::parse);
    return createdAt.flatMap(start -> ttl.map(start::plus));
  }

  /** The hashes it stands for, maybe none yet; empty after a finding was told. */
  private Optional<List<TokenHash>> hashes(Resource.Token token, String uid) {
    if (format(token.spec()) == TokenFormat.SERVICE_ACCOUNT) {
      return Optional.of(List.of(standIn(token)));
    }
    MachineTokenSpec.TokenFrom from = token.spec().tokenFrom();
    if (from == null) {
      return Optional.of(inputs.minted().getOrDefault(uid, List.of()));
    }
    return secrets
        .resolveForHeader(token, TOKEN_FROM, from.secretRef())
        .filter(text -> isLongEnough(token, text))
        .map(text -> List.of(TokenHash.of(text.reveal())));
  }

  private static TokenHash standIn(Resource.Token token) {
    String account = token.spec().serviceAccountName();
    return TokenHash.ofServiceAccount(token.metadata().namespace(), account == null ? "" : account);
  }

  private boolean isLongEnough(Resource.Token token, SecretText text) {
    if (text.reveal().length() >= TokenMint.ADOPTED_MIN_LENGTH) {
      return true;
    }
    findings.error(
        token,
        Reason.INVALID,
        TOKEN_FROM,
        "holds a token of fewer than "
            + TokenMint.ADOPTED_MIN_LENGTH
            + " characters, which can be guessed",
        "store a longer one, or remove tokenFrom and have one minted");
    return false;
  }

  /** It would not rotate as often as it says. */
  private void warnOfOverlap(Resource.Token token, Rotation rotation) {
    if (rotation.before().multipliedBy(2).compareTo(rotation.lifetime()) > 0) {
      findings.warning(
          token,
          Reason.NO_EFFECT,
          "spec.rotateBefore",
          "is more than half of ttl, and at most two plaintexts are in force: each next one waits for the end of the one before the last",
          "write half of ttl or less");
    }
  }

  private void warnOfUnknownProviders(Resource.Token token, Providers providers) {
    List<String> scopes = token.spec().scopes();
    for (int i = 0; i < scopes.size(); i++) {
      Scope one = Scope.of(List.of(scopes.get(i)));
      if (providers.table().keySet().stream().noneMatch(one::reaches)) {
        findings.warning(
            token,
            Reason.UNKNOWN_PROVIDER,
            "spec.scopes[" + i + "]",
            "'" + scopes.get(i) + "' names no provider that is known",
            providers.choices());
      }
    }
  }
}
