package io.keyfront.core.ledger;

import io.keyfront.core.ledger.HeldCalls.Held;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The rates of one account: requests and tokens per minute. Moments are microseconds. */
final class MinuteRates {
  private final AccountId id;
  private final Rate requests = new Rate();
  private final Rate tokens = new Rate();

  MinuteRates(AccountId id) {
    this.id = id;
  }

  void restore(AccountImage.Arrivals ofRequests, AccountImage.Arrivals ofTokens) {
    requests.restore(ofRequests);
    tokens.restore(ofTokens);
  }

  AccountImage.Arrivals requests() {
    return requests.image();
  }

  AccountImage.Arrivals tokens() {
    return tokens.image();
  }

  /** Null when both rates have room. */
  @Nullable Shortage look(Limits limits, Amount amount, long now) {
    if (limits.requestsPerMinute().isPresent()) {
      long limit = limits.requestsPerMinute().getAsLong();
      long wait = Gcra.waitFor(requests.arrival(), now, Gcra.advance(1, limit));
      if (wait != 0) {
        return new Shortage.Requests(id, limit, retryAfter(wait));
      }
    }
    if (limits.tokensPerMinute().isPresent()) {
      long limit = limits.tokensPerMinute().getAsLong();
      long wait = Gcra.waitFor(tokens.arrival(), now, Gcra.advance(amount.tokens(), limit));
      if (wait != 0) {
        return new Shortage.Tokens(id, amount.tokens(), limit, retryAfter(wait));
      }
    }
    return null;
  }

  private static Optional<Duration> retryAfter(long micros) {
    return micros < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(micros * 1000));
  }

  /** How far one request advances the rate of requests; 0 without a limit. */
  static long requestAdvance(Limits limits) {
    return advance(1, limits.requestsPerMinute());
  }

  /** How far so many tokens advance the rate of tokens; 0 without a limit. */
  static long tokenAdvance(Limits limits, Amount amount) {
    return advance(amount.tokens(), limits.tokensPerMinute());
  }

  private static long advance(long units, OptionalLong limit) {
    return limit.isEmpty() ? 0 : Gcra.advance(units, limit.getAsLong());
  }

  void take(long requestAdvance, long tokenAdvance, long now) {
    if (requestAdvance != 0) {
      requests.take(requestAdvance, now);
    }
    if (tokenAdvance != 0) {
      tokens.take(tokenAdvance, now);
    }
  }

  /** A call that was never sent never counted. */
  void giveBackRequest(Held hold) {
    if (hold.requests() != 0) {
      requests.giveBack(hold.requests(), hold.admitted());
    }
  }

  /** Gives back what was taken for tokens that were not used, rounded down. */
  void giveBackTokens(Held hold, long used) {
    long held = hold.amount().tokens();
    long unused = Math.max(0, held - used);
    if (unused > 0 && hold.tokens() > 0) {
      // At most 6 x 10^7 times 10^8: exact also in the doubles of the Redis ledger's script.
      tokens.giveBack(hold.tokens() * unused / held, hold.admitted());
    }
  }

  Headroom headroom(Limits limits, long now) {
    if (limits.requestsPerMinute().isEmpty() && limits.tokensPerMinute().isEmpty()) {
      return Headroom.UNLIMITED;
    }
    return new Headroom(
        rate(limits.requestsPerMinute(), requests.arrival(), now),
        rate(limits.tokensPerMinute(), tokens.arrival(), now));
  }

  private static Optional<Headroom.Rate> rate(OptionalLong limit, long arrival, long now) {
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    long most = limit.getAsLong();
    Duration reset = Duration.ofNanos(Math.max(0, arrival - now) * 1000);
    return Optional.of(new Headroom.Rate(most, Gcra.left(arrival, now, most), reset));
  }
}
