package io.keyfront.e2e.chaos;

import java.time.Duration;

/** Something that happens to the play while agents call. */
sealed interface Event {
  /** {@code kill -9}; it starts again after a while. */
  record KillProxy(int number, Duration away) implements Event {}

  /** SIGSTOP and SIGCONT. */
  record PauseRedis(Duration time) implements Event {}

  /** {@code kill -9}, and a start with what it saved. */
  record RestartRedis(Duration away) implements Event {}

  /** {@code kill -9}, and a start with nothing. */
  record EmptyRedis(Duration away) implements Event {}

  /** The replica takes over, without its master's last moments. */
  record FailOver(Duration behind) implements Event {}

  /**
   * A token's budget becomes so many thousandths of the highest so far, which may be less than what
   * is spent; or, above 1000, the highest and so many thousandths beyond 1000 of the first: a few
   * calls' worth more, so that it is soon spent again.
   */
  record EditBudget(Purse purse, int thousandths) implements Event {}

  /** What the progress says. */
  default String text() {
    return switch (this) {
      case KillProxy(int number, Duration away) -> "kill -9 proxy-%d".formatted(number);
      case PauseRedis(Duration time) -> "SIGSTOP Redis for %d ms".formatted(time.toMillis());
      case RestartRedis(Duration away) -> "kill -9 Redis for %d ms".formatted(away.toMillis());
      case EmptyRedis(Duration away) ->
          "kill -9 Redis, which comes back empty after %d ms".formatted(away.toMillis());
      case FailOver(Duration behind) ->
          "fail over to a replica that is %d ms behind".formatted(behind.toMillis());
      case EditBudget(Purse purse, int thousandths) when thousandths < 1000 ->
          "budget of %s falls to %d/1000".formatted(purse.name(), thousandths);
      case EditBudget(Purse purse, int thousandths) ->
          "budget of %s rises by %d/1000 of the first".formatted(purse.name(), thousandths - 1000);
    };
  }

  /** What the report counts. */
  default String kind() {
    return switch (this) {
      case KillProxy kill -> "proxy killed";
      case PauseRedis pause -> "Redis stopped for a while";
      case RestartRedis restart -> "Redis killed";
      case EmptyRedis empty -> "Redis emptied";
      case FailOver failOver -> "failover";
      case EditBudget edit -> edit.thousandths() < 1000 ? "budget lowered" : "budget raised";
    };
  }
}
