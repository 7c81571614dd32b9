package io.keyfront.operator;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.apply.Signals;
import io.keyfront.operator.apply.SigningKeys;
import io.keyfront.operator.observe.MintedSecret;
import io.keyfront.operator.observe.ObjectName;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.Plans;
import io.keyfront.operator.reconcile.Contested;
import io.keyfront.operator.reconcile.Inbound;

/** Tells the rounds, and the reconcilers, of what changed. */
final class Changes implements World.Listener {
  private final Signals signals;
  private final Plans plans;
  private final Inbound inbound;
  private final Contested contested;

  Changes(Signals signals, Plans plans, Inbound inbound, Contested contested) {
    this.signals = signals;
    this.plans = plans;
    this.inbound = inbound;
    this.contested = contested;
  }

  @Override
  public void tokenChanged(ObjectName token, boolean isNew) {
    signals.token(token, isNew);
  }

  @Override
  public void secretChanged(ObjectName secret) {
    signals.secret(secret);
  }

  @Override
  public void secretGone(ObjectName secret) {
    contested.claimants(secret).forEach(token -> inbound.reconcile(Kind.MACHINE_TOKEN, token));
  }

  @Override
  public void mintedChanged(MintedSecret secret) {
    boolean known =
        plans
            .get(Kind.MACHINE_TOKEN, secret.ownedBy())
            .filter(planned -> planned.policy().isPresent())
            .isPresent();
    signals.token(secret.ownedBy(), !known);
    inbound.reconcile(Kind.MACHINE_TOKEN, secret.ownedBy());
    // Where it went its name is free; what else happened to it changes nothing for them.
    secretGone(secret.name());
  }

  @Override
  public void commonChanged() {
    signals.common();
  }

  /** Has all tokens looked at that are signed. */
  void signedTokens(World world) {
    world.tokens().values().stream()
        .filter(SigningKeys::isSigned)
        .forEach(token -> inbound.reconcile(Kind.MACHINE_TOKEN, ObjectName.of(token)));
  }
}
