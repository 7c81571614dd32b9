package io.keyfront.core.notice;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Who delivers which notice, and which ones were delivered: shared by all proxies that share a
 * ledger, so that each notice is delivered once while nothing breaks. A claim ends by itself, so
 * that another proxy delivers what a dead one had claimed: at least once. Safe for use from many
 * threads. Stages fail where the store is away.
 */
public interface NoticeStore {
  /** Outcome of asking to deliver a notice. */
  enum Claim {
    /** Nobody else delivers it while the lease lasts. */
    MINE,
    /** Another proxy is at it; to be asked again when its lease may be over. */
    ANOTHERS,
    DELIVERED
  }

  /**
   * Asks to deliver a notice. Whoever has the claim already gets it anew, with the new lease.
   *
   * @param key at most 200 characters
   */
  CompletionStage<Claim> claim(String key, Duration lease);

  /** Notes that a notice was delivered, whoever had the claim. */
  CompletionStage<Void> delivered(String key, Duration memory);
}
