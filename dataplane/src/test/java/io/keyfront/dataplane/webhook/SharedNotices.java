package io.keyfront.dataplane.webhook;

import io.keyfront.core.notice.NoticeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What several proxies share, in memory, with the rules of the one in Redis. */
final class SharedNotices {
  private final Map<String, Held> held = new HashMap<>();

  private record Held(String owner, Instant until, boolean delivered) {}

  /** As one proxy sees it. */
  NoticeStore of(String owner) {
    return new NoticeStore() {
      @Override
      public CompletionStage<Claim> claim(String key, Duration lease) {
        return CompletableFuture.completedFuture(claimed(owner, key, lease));
      }

      @Override
      public CompletionStage<Void> delivered(String key, Duration memory) {
        mark(owner, key, memory);
        return CompletableFuture.completedFuture(null);
      }
    };
  }

  private synchronized NoticeStore.Claim claimed(String owner, String key, Duration lease) {
    Held known = held.get(key);
    if (known != null && known.until().isAfter(Instant.now())) {
      if (known.delivered()) {
        return NoticeStore.Claim.DELIVERED;
      }
      if (!known.owner().equals(owner)) {
        return NoticeStore.Claim.ANOTHERS;
      }
    }
    held.put(key, new Held(owner, Instant.now().plus(lease), false));
    return NoticeStore.Claim.MINE;
  }

  private synchronized void mark(String owner, String key, Duration memory) {
    held.put(key, new Held(owner, Instant.now().plus(memory), true));
  }
}
