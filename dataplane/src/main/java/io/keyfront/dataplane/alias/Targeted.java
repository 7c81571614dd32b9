package io.keyfront.dataplane.alias;

import io.keyfront.core.provider.Provider;
import io.keyfront.core.scope.Target;
import io.keyfront.core.snapshot.AliasRule;
import io.keyfront.dataplane.route.Routed;
import java.util.Optional;

/**
 * Where the call really goes.
 *
 * @param provider the target's
 * @param alias the one that chose the target, if any
 */
public record Targeted(
    Routed routed, Target target, Provider provider, Optional<AliasRule> alias) {}
