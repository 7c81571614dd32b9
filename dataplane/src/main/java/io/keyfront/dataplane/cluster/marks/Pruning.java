package io.keyfront.dataplane.cluster.marks;

import io.keyfront.core.ledger.AccountId;
import io.keyfront.core.ledger.Mark;
import io.keyfront.core.ledger.Micros;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the marks of one shard that bound nothing any more: of tokens that are gone, and of
 * subjects of session tokens whose window is over. Only the second look, an hour after the first,
 * finds any, so that a configuration which lost some tokens for a moment costs no mark. Of
 * credentials and providers none is found: they are few, and one that comes back under its name has
 * the account that it had. For one thread.
 */
final class Pruning {
  /** A mark outlives the window that it was raised in by this. */
  static final Duration AFTERLIFE = Duration.ofDays(31);

  /** Between two looks. */
  static final Duration PAUSE = Duration.ofHours(1);

  private static final char SUBJECT = '/';

  private final Supplier<Optional<Set<String>>> tokens;
  private final InstantSource clock;
  private Instant lookedAt = Instant.MIN;
  private Set<AccountId> suspects = Set.of();

  /**
   * @param tokens the accounts of all tokens; absent while not all of them are known
   */
  Pruning(Supplier<Optional<Set<String>>> tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Whether it is time for another look. */
  boolean isDue() {
    return lookedAt.equals(Instant.MIN) || !clock.instant().isBefore(lookedAt.plus(PAUSE));
  }

  /** Those that were over at the look before this one, and still are. */
  Set<AccountId> look(Map<AccountId, Mark> marks) {
    Instant now = clock.instant();
    lookedAt = now;
    Optional<Set<String>> known = tokens.get();
    if (known.isEmpty()) {
      return Set.of();
    }
    Set<AccountId> over = new HashSet<>();
    marks.forEach(
        (account, mark) -> {
          if (isOver(account, mark, known.get(), now)) {
            over.add(account);
          }
        });
    Set<AccountId> found = new HashSet<>(over);
    found.retainAll(suspects);
    suspects = over;
    return found;
  }

  /** A subject's account has a name beside its issuer's; a token's is a UID. */
  private static boolean isOver(AccountId account, Mark mark, Set<String> tokens, Instant now) {
    if (account.kind() != AccountId.Kind.TOKEN || tokens.contains(account.id())) {
      return false;
    }
    Instant raised = Micros.instant(mark.raised());
    Optional<Instant> end = mark.measured().end(raised);
    boolean mayBeBack = account.id().indexOf(SUBJECT) >= 0 && end.isEmpty();
    return !mayBeBack && !now.isBefore(end.orElse(raised).plus(AFTERLIFE));
  }
}
