package io.keyfront.ledger.mark;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the write-ahead marks of accounts with a budget outside of the ledger, and what was last
 * seen of the ledger itself. A server of its own keeps them in its home folder ({@link MarkFile}),
 * the proxies of a cluster share theirs. Safe for use from many threads; never blocks its caller.
 */
public interface Marks {
  /** For a ledger whose data is never lost, or need not be kept. */
  static Marks none() {
    return new NoMarks();
  }

  /** Whether marks are kept at all. */
  default boolean kept() {
    return true;
  }

  /** The mark of an account, as it is durable; empty where it has none yet. */
  Optional<Mark> of(AccountId account);

  /** Every mark that is known. */
  Map<AccountId, Mark> all();

  /**
   * Raises the mark of an account to the higher of both.
   *
   * @return completes when it is durable, or fails with a sentence that says why it cannot be
   */
  CompletionStage<Void> raise(AccountId account, Mark mark);

  /** What was last seen of the ledger; empty at the first start, or where nobody remembers. */
  Optional<Sighting> seen();

  /**
   * The same of a ledger that is spread over the servers of a cluster.
   *
   * @param site one server's part; empty for all of the ledger
   */
  default Optional<Sighting> seen(String site) {
    return site.isEmpty() ? seen() : Optional.empty();
  }

  /** Remembers what was seen last; durable soon after. One for each site. */
  void saw(Sighting sighting);
}
