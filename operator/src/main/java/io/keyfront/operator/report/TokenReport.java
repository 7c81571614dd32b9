package io.keyfront.operator.report;

import io.keyfront.core.ledger.Limits;
import io.keyfront.core.ledger.Standing;
import io.keyfront.core.snapshot.TokenPolicy;
import io.keyfront.core.token.TokenHash;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.crds.MachineTokenStatus;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.plan.Planned;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the status of a MachineToken. */
public final class TokenReport {
  private TokenReport() {}

  /**
   * What a status is made of.
   *
   * @param trouble why its Secret could not be made or kept
   * @param standing what its account spent, where that was read
   */
  public record Facts(
      MachineToken token,
      Planned planned,
      Readiness readiness,
      Optional<MintedSecret> minted,
      Optional<Verdict> trouble,
      Optional<Standing> standing,
      Instant now) {}

  /** Keeps usage that was not read this time. */
  public static MachineTokenStatus of(Facts facts, MachineTokenStatus old) {
    boolean revoked = facts.token.getSpec().revoked();
    boolean expired = facts.planned.expiresAt().filter(end -> !facts.now.isBefore(end)).isPresent();
    Limits limits =
        facts
            .planned
            .policy()
            .map(TokenPolicy::identity)
            .map(one -> one.limits())
            .orElse(Limits.NONE);
    Optional<TokenStanding> standing = facts.standing.map(one -> TokenStanding.of(one, limits));
    boolean exhausted =
        standing
            .map(TokenStanding::isExhausted)
            .orElse(
                limits.budget().isPresent()
                    && Conditions.holds(old.conditions(), ConditionType.BUDGET_EXHAUSTED));
    Map<ConditionType, Verdict> verdicts = new EnumMap<>(ConditionType.class);
    verdicts.put(ConditionType.READY, ready(facts, revoked, expired));
    verdicts.put(ConditionType.REVOKED, revoked(revoked));
    verdicts.put(ConditionType.EXPIRED, expired(expired, facts.planned.expiresAt()));
    verdicts.put(ConditionType.BUDGET_EXHAUSTED, exhausted(exhausted));
    long generation = facts.token.getMetadata().getGeneration();
    Optional<MintedSecret> own = facts.minted.filter(secret -> isOf(secret, facts.token));
    return new MachineTokenStatus(
        generation,
        Conditions.merged(old.conditions(), verdicts, generation, facts.now),
        hash(facts, own).map(TokenHash::prefix).orElse(null),
        own.map(secret -> secret.name().name()).orElse(null),
        facts
            .planned
            .expiresAt()
            .map(end -> end.truncatedTo(ChronoUnit.SECONDS).toString())
            .orElse(null),
        standing.flatMap(TokenStanding::lastUsed).orElse(old.lastUsedTime()),
        facts.readiness.loadedBy().orElse(null),
        standing.map(TokenStanding::usage).orElse(old.usage()),
        standing.isPresent() ? standing.get().budget().orElse(null) : kept(old, limits));
  }

  private static MachineTokenStatus.@Nullable BudgetStanding kept(
      MachineTokenStatus old, Limits limits) {
    return limits.budget().isPresent() ? old.budget() : null;
  }

  private static boolean isOf(MintedSecret secret, MachineToken token) {
    return secret.owner().equals(token.getMetadata().getUid());
  }

  private static Optional<TokenHash> hash(Facts facts, Optional<MintedSecret> own) {
    MachineTokenSpec.TokenFrom from = facts.token.getSpec().tokenFrom();
    return from == null ? own.flatMap(MintedSecret::trusted) : facts.planned.adopted();
  }

  private static Verdict ready(Facts facts, boolean revoked, boolean expired) {
    if (facts.planned.isRefused()) {
      return facts.readiness.verdict();
    }
    if (revoked) {
      return Verdict.no(ConditionReason.REVOKED, "It was revoked: every call is refused.");
    }
    if (expired) {
      return Verdict.no(ConditionReason.EXPIRED, "Its end has come: every call is refused.");
    }
    return facts.trouble.orElse(facts.readiness.verdict());
  }

  private static Verdict revoked(boolean revoked) {
    return revoked
        ? Verdict.yes(ConditionReason.REVOKED, "spec.revoked is set.")
        : Verdict.no(ConditionReason.VALID, "Not revoked.");
  }

  private static Verdict expired(boolean expired, Optional<Instant> end) {
    if (expired) {
      return Verdict.yes(ConditionReason.EXPIRED, "It ended at " + end.orElseThrow() + ".");
    }
    return Verdict.no(
        ConditionReason.VALID, end.map(at -> "It ends at " + at + ".").orElse("It has no end."));
  }

  private static Verdict exhausted(boolean exhausted) {
    return exhausted
        ? Verdict.yes(ConditionReason.BUDGET_EXHAUSTED, "Nothing is left of the budget.")
        : Verdict.no(ConditionReason.VALID, "Not known to be exhausted.");
  }

  /** A status that says nothing yet. */
  public static MachineTokenStatus empty() {
    return new MachineTokenStatus(null, List.of(), null, null, null, null, null, null, null);
  }

  /** The old status, but for what went wrong. */
  public static MachineTokenStatus troubled(
      MachineTokenStatus old, Verdict verdict, long generation, Instant now) {
    return new MachineTokenStatus(
        old.observedGeneration(),
        Conditions.with(old.conditions(), ConditionType.READY, verdict, generation, now),
        old.tokenHash(),
        old.secretName(),
        old.expiresAt(),
        old.lastUsedTime(),
        old.loadedBy(),
        old.usage(),
        old.budget());
  }
}
