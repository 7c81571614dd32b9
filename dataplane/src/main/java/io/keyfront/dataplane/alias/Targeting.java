package io.keyfront.dataplane.alias;

import io.keyfront.core.fault.Refused;
import io.keyfront.core.fault.RequestFault;
import io.keyfront.core.fault.UpstreamFault;
import io.keyfront.core.provider.Operation;
import io.keyfront.core.provider.Provider;
import io.keyfront.core.route.Aliasing;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.core.snapshot.Snapshot;
import io.keyfront.dataplane.route.Routed;
import java.util.concurrent.ThreadLocalRandom;

/** Applies the aliases, one hop. */
public final class Targeting {
  /** What a list of models is looked up as: only an alias for everything applies to it. */
  private static final String ANY_MODEL = "*";

  private Targeting() {}

  /**
   * Finds the target.
   *
   * @throws Refused when an alias leads to a provider that does not speak the call's protocol
   */
  public static Targeted target(Routed routed) {
    Snapshot snapshot = routed.identified().received().snapshot();
    String namespace = routed.identified().identity().namespace();
    String model = routed.operation() == Operation.LIST_MODELS ? ANY_MODEL : routed.model();
    Aliasing.Aliased aliased =
        snapshot.aliases().isEmpty()
            ? Aliasing.resolve(snapshot, namespace, routed.provider(), model, 0, any -> true)
            : Aliasing.resolve(
                snapshot,
                namespace,
                routed.provider(),
                model,
                ThreadLocalRandom.current().nextDouble(),
                target -> Reachable.is(target, routed));
    String name = aliased.target().provider();
    Provider provider =
        snapshot
            .provider(name)
            .orElseThrow(() -> new Refused(new UpstreamFault.CredentialUnavailable(name)));
    if (!provider.speaks(routed.protocol())) {
      String alias = aliased.alias().map(AliasRule::name).orElse("");
      throw new Refused(
          RequestFault.aliasCrossesProtocols(alias, aliased.target(), routed.protocol().id()));
    }
    return new Targeted(routed, aliased.target(), provider, aliased.alias());
  }
}
