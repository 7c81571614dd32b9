package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Hold;
import io.keyfront.core.ledger.HoldId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Renews the leases of calls under way: many at a time. */
final class Renewals {
  private final Pipeline pipeline;
  private final LiveCalls calls;
  private final boolean slotted;

  /**
   * @param slotted whether every account is asked for itself
   */
  Renewals(Pipeline pipeline, LiveCalls calls, boolean slotted) {
    this.pipeline = pipeline;
    this.calls = calls;
    this.slotted = slotted;
  }

  /** Those that are known to be no more. */
  CompletableFuture<Set<HoldId>> renew(Collection<Hold> open) {
    calls.renewed(open);
    List<RenewOperation> renewals = open.stream().flatMap(hold -> of(hold).stream()).toList();
    renewals.forEach(pipeline::submit);
    return CompletableFuture.allOf(
            renewals.stream().map(RenewOperation::held).toArray(CompletableFuture[]::new))
        .thenApply(all -> lost(renewals));
  }

  private List<RenewOperation> of(Hold hold) {
    return slotted
        ? hold.accounts().stream()
            .map(account -> new RenewOperation(hold.id(), List.of(account)))
            .toList()
        : List.of(new RenewOperation(hold.id(), hold.accounts()));
  }

  private static Set<HoldId> lost(List<RenewOperation> renewals) {
    Set<HoldId> lost = new HashSet<>();
    for (RenewOperation renewal : renewals) {
      if (!renewal.held().join()) {
        lost.add(renewal.call());
      }
    }
    return lost;
  }
}
