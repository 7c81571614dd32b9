package io.keyfront.core.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something to be told once. */
public sealed interface Notice {
  NoticeType type();

  /**
   * Names what is told: whoever finds the same thing again, here or on another proxy, finds the
   * same key.
   */
  String key();

  /** When it was found, or happened. */
  Instant at();

  /** From when on it cannot be found again, so that nobody need remember that it was told. */
  Instant over();

  /** Found in where a budget stands. */
  sealed interface OfBudget extends Notice {
    BudgetState budget();

    @Override
    default Instant at() {
      return budget().at();
    }

    @Override
    default Instant over() {
      return budget().over();
    }
  }

  /** Something that an administrator did to a token, once. */
  sealed interface OfToken extends Notice {
    /** Of the MachineToken. */
    String uid();

    @Override
    default String key() {
      return type().label() + "|" + uid() + "|" + at().toEpochMilli();
    }

    @Override
    default Instant over() {
      return at().plus(SLACK);
    }
  }

  /** Spend has reached a threshold, in percent. */
  record BudgetThreshold(BudgetState budget, int threshold) implements OfBudget {
    @Override
    public NoticeType type() {
      return NoticeType.BUDGET_THRESHOLD;
    }

    @Override
    public String key() {
      return budget.key(type()) + "|" + threshold;
    }
  }

  /** Nothing is left, and somebody was refused for it. */
  record BudgetExhausted(BudgetState budget) implements OfBudget {
    @Override
    public NoticeType type() {
      return NoticeType.BUDGET_EXHAUSTED;
    }

    @Override
    public String key() {
      return budget.key(type());
    }
  }

  /**
   * An administrator made a token.
   *
   * @param uid of the MachineToken
   * @param expiresAt absent for never
   */
  record TokenMinted(
      String uid,
      String namespace,
      String name,
      List<String> scopes,
      Optional<Instant> expiresAt,
      Instant at)
      implements OfToken {
    public TokenMinted {
      scopes = List.copyOf(scopes);
    }

    @Override
    public NoticeType type() {
      return NoticeType.TOKEN_MINTED;
    }
  }

  /** An administrator revoked a token. */
  record TokenRevoked(String uid, String namespace, String name, Instant at) implements OfToken {
    @Override
    public NoticeType type() {
      return NoticeType.TOKEN_REVOKED;
    }
  }

  /** Whether the webhook works; told whenever somebody asks. */
  record Test(String unique, Instant at) implements Notice {
    @Override
    public NoticeType type() {
      return NoticeType.TEST;
    }

    @Override
    public String key() {
      return type().label() + "|" + unique;
    }

    @Override
    public Instant over() {
      return at;
    }
  }

  /** Longer than clocks differ and than anybody looks back. */
  Duration SLACK = Duration.ofDays(1);
}
