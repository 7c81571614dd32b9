package io.keyfront.operator.reconcile;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.apply.Triggers;
import io.keyfront.operator.observe.Proxies;
import io.keyfront.operator.plan.Plans;
import java.time.Duration;

/**
 * Notices proxies that came or went, and has everything looked at again, by and by, once they have
 * had time to load.
 */
public final class Heartbeat implements Runnable {
  private static final Duration EVERY = Duration.ofMillis(250);

  /** Longer than a started proxy needs, as a rule. */
  private static final Duration SETTLED = Duration.ofSeconds(6);

  /** So many objects are looked at in one beat. */
  private static final int AT_ONCE = 125;

  private final Proxies proxies;
  private final Pending pending;
  private final Plans plans;
  private final Triggers triggers;
  private long sweepAt = Long.MAX_VALUE;

  public Heartbeat(Proxies proxies, Pending pending, Plans plans, Triggers triggers) {
    this.proxies = proxies;
    this.pending = pending;
    this.plans = plans;
    this.triggers = triggers;
  }

  @Override
  public void run() {
    int live = proxies.loaded().of();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(EVERY);
        boolean changed = proxies.tick();
        int now = proxies.loaded().of();
        if (changed || now != live) {
          live = now;
          sweepAt = System.nanoTime() + SETTLED.toNanos();
          pending.heard(triggers);
        }
        if (sweepAt != Long.MAX_VALUE && System.nanoTime() - sweepAt > 0) {
          sweepAt = Long.MAX_VALUE;
          for (Kind kind : Kind.values()) {
            pending.sweep(kind, plans.names(kind));
          }
        }
        pending.next(AT_ONCE, triggers);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
