package io.keyfront.dataplane.admit;

import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.Ledger;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the holds of calls under way alive: renews those that have lived a while, all in one batch.
 * For one event loop.
 */
public final class Renewals {
  private final Ledger ledger;
  private final Map<HoldId, Hold> open = new LinkedHashMap<>();

  public Renewals(Vertx vertx, Ledger ledger) {
    this.ledger = ledger;
    vertx.setPeriodic(ledger.renewEvery().toMillis(), tick -> renew());
  }

  public void add(Hold hold) {
    open.put(hold.id(), hold);
  }

  public void remove(Hold hold) {
    open.remove(hold.id());
  }

  private void renew() {
    if (!open.isEmpty()) {
      List<Hold> holds = new ArrayList<>(open.values());
      ledger.renew(holds);
    }
  }
}
