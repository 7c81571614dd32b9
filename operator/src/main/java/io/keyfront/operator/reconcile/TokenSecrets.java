package io.keyfront.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.keyfront.compiler.Rotation;
import io.keyfront.crds.MachineToken;
import io.keyfront.crds.MachineTokenSpec;
import io.keyfront.operator.apply.MintedSecretWriter;
import io.keyfront.operator.apply.SigningKeys;
import io.keyfront.operator.observe.Conversion;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.MintPlanner;
import io.keyfront.operator.plan.MintStep;
import io.keyfront.operator.plan.Planned;
import io.keyfront.operator.report.ConditionReason;
import io.keyfront.operator.report.Trouble;
import io.keyfront.operator.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Keeps the Secret of a token as it should be. */
public final class TokenSecrets {
  /** Where a Secret goes that is not watched (--secret-selector), nobody tells. */
  private static final Duration CONTESTED_PAUSE = Duration.ofMinutes(1);

  private final World world;
  private final MintedSecretWriter writer;
  private final SigningKeys keys;
  private final Contested contested;

  public TokenSecrets(
      World world, MintedSecretWriter writer, SigningKeys keys, Contested contested) {
    this.world = world;
    this.writer = writer;
    this.keys = keys;
    this.contested = contested;
  }

  /**
   * What became of it.
   *
   * @param trouble why there is none
   * @param next when it is to be looked at again
   */
  record Kept(Optional<Verdict> trouble, Optional<Instant> next) {}

  Kept keep(MachineToken token, Optional<Planned> planned, Instant now) {
    if (token.getSpec() != null
        && MachineTokenSpec.SERVICE_ACCOUNT.equals(token.getSpec().format())) {
      return new Kept(Optional.empty(), Optional.empty());
    }
    ObjectName name = World.secretOf(token);
    MintPlanner.Facts facts = facts(token, planned, now);
    MintStep step = MintPlanner.decide(facts, now);
    if (step instanceof MintStep.Wait) {
      keys.wake();
      return new Kept(keys.kids().isEmpty() ? keys.trouble() : Optional.empty(), Optional.empty());
    }
    Optional<Verdict> trouble = take(step, token, name);
    if (trouble.isEmpty() && step instanceof MintStep.Keep) {
      removeOld(token, name);
    }
    boolean isTaken = trouble.filter(why -> why.reason() == ConditionReason.CONFLICT).isPresent();
    contested.waits(ObjectName.of(token), Optional.of(name).filter(any -> isTaken));
    if (isTaken) {
      return new Kept(trouble, Optional.of(now.plus(CONTESTED_PAUSE)));
    }
    MintPlanner.Facts after = facts(token, planned, now);
    return new Kept(trouble, MintPlanner.nextChange(after));
  }

  /** The token is gone, and waits for nothing. */
  void forget(MachineToken token) {
    contested.waits(ObjectName.of(token), Optional.empty());
  }

  private Optional<Verdict> take(MintStep step, MachineToken token, ObjectName name) {
    try {
      return writer.take(step, token, name);
    } catch (KubernetesClientException refused) {
      Trouble trouble = Trouble.of(refused);
      return switch (trouble.word()) {
        case NAMESPACE_TERMINATING ->
            Optional.of(Verdict.no(ConditionReason.NAMESPACE_TERMINATING, trouble.sentence()));
        case FORBIDDEN, CONFLICT, REFUSED, UNREACHABLE, INTERNAL -> throw refused;
      };
    }
  }

  private MintPlanner.Facts facts(MachineToken token, Optional<Planned> planned, Instant now) {
    boolean right =
        Conversion.of(token).filter(one -> one.problems().isEmpty()).isPresent()
            && planned.filter(Planned::isRefused).isEmpty();
    MachineTokenSpec spec = token.getSpec();
    boolean ended =
        planned.flatMap(Planned::expiresAt).filter(end -> !now.isBefore(end)).isPresent();
    return new MintPlanner.Facts(
        token.getMetadata().getUid(),
        right && spec.tokenFrom() == null,
        spec != null && (spec.revoked() || ended),
        world.mintedFor(token),
        right ? Rotation.of(spec) : Optional.empty(),
        SigningKeys.isSigned(token) ? Optional.of(signing(token, planned)) : Optional.empty());
  }

  private MintPlanner.Signing signing(MachineToken token, Optional<Planned> planned) {
    return new MintPlanner.Signing(
        keys.kids(),
        planned
            .filter(plan -> plan.generation() == token.getMetadata().getGeneration())
            .flatMap(Planned::expiresAt));
  }

  /** The Secret that the token named before. */
  private void removeOld(MachineToken token, ObjectName name) {
    String before = token.getStatus() == null ? null : token.getStatus().secretName();
    if (before == null || before.equals(name.name())) {
      return;
    }
    Optional<MintedSecret> old =
        world
            .minted()
            .get(new ObjectName(name.namespace(), before))
            .filter(secret -> Objects.equals(secret.owner(), token.getMetadata().getUid()));
    old.ifPresent(writer::remove);
  }
}
