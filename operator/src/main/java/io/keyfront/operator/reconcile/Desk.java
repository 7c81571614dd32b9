package io.keyfront.operator.reconcile;

import io.keyfront.operator.apply.EventWriter;
import io.keyfront.operator.observe.Proxies;
import io.keyfront.operator.observe.World;
import io.keyfront.operator.plan.Plans;
import io.keyfront.operator.serve.OperatorMetrics;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * What every reconciler works with.
 *
 * @param pending the objects whose readiness the next word of a proxy may change
 * @param echoes paces the writes that only say how many proxies run an object
 * @param ready whether everything was seen once
 */
public record Desk(
    World world,
    Plans plans,
    Proxies proxies,
    Pending pending,
    Pace echoes,
    EventWriter events,
    OperatorMetrics metrics,
    InstantSource clock,
    BooleanSupplier ready) {}
