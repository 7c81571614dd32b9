package io.keyfront.ledger.local;

import io.keyfront.core.ledger.Amount;
import io.keyfront.core.ledger.HoldId;
import io.keyfront.core.ledger.HoldRequest;
import io.keyfront.core.ledger.Settlement;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Is told every change of a ledger, one at a time, before the ledger answers. */
interface ChangeLog {
  /** Keeps nothing. */
  ChangeLog NONE = new Nowhere();

  /** Why a hold cannot be written down now; null when it can. */
  @Nullable String refusal(HoldRequest request);

  void opened(Entry entry);

  void placed(long now, HoldId call, Amount amount, Party party);

  void settled(long now, HoldId call, long admitted, Settlement settlement, Party party);

  void renewed(long now, HoldId call, Party party);

  void touched(long now, Entry entry);

  /**
   * When all that was told so far is as safe as it is to be before the ledger answers; null when it
   * is already. Fails where the disk does.
   */
  @Nullable CompletableFuture<Void> safe();

  /** For tests, and where losing all with the process is meant. */
  final class Nowhere implements ChangeLog {
    @Override
    public @Nullable String refusal(HoldRequest request) {
      return null;
    }

    @Override
    public void opened(Entry entry) {}

    @Override
    public void placed(long now, HoldId call, Amount amount, Party party) {}

    @Override
    public void settled(long now, HoldId call, long admitted, Settlement settlement, Party party) {}

    @Override
    public void renewed(long now, HoldId call, Party party) {}

    @Override
    public void touched(long now, Entry entry) {}

    @Override
    public @Nullable CompletableFuture<Void> safe() {
      return null;
    }
  }
}
