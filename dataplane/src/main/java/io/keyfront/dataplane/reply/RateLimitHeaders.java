package io.keyfront.dataplane.reply;

import io.keyfront.core.fault.LimitFault;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.provider.Dialect;
import io.keyfront.dataplane.admit.Admitted;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Tells a client of the limits of its token: {@code RateLimit} and {@code RateLimit-Policy}
 * (draft-ietf-httpapi-ratelimit-headers-10), and the names that the official SDKs of the protocol
 * read. A provider's own headers of these names speak of the credential, which is nobody's business
 * but ours, and are replaced.
 */
final class RateLimitHeaders {
  /** The header that says to how many tokens a choice the call was lowered. */
  static final String CLAMPED = "x-keyfront-max-output";

  private static final String REQUESTS = "requests";
  private static final String TOKENS = "tokens";
  private static final int MINUTE_SECONDS = 60;

  private RateLimitHeaders() {}

  static void set(Admitted admitted, Dialect dialect, Instant now, MultiMap headers) {
    admitted.terms().clampedTo().ifPresent(most -> headers.set(CLAMPED, Long.toString(most)));
    tell(admitted.headroom(), dialect, now, headers);
  }

  /** Of a call that came too fast: of the limit that it met nothing is left. */
  static void refused(
      LimitFault.RateLimited fault, Dialect dialect, Instant now, MultiMap headers) {
    Optional<Headroom.Rate> met =
        Optional.of(new Headroom.Rate(fault.limit(), 0, fault.retryAfter()));
    Headroom headroom =
        fault.what().equals(REQUESTS)
            ? new Headroom(met, Optional.empty())
            : new Headroom(Optional.empty(), met);
    tell(headroom, dialect, now, headers);
  }

  private static void tell(Headroom headroom, Dialect dialect, Instant now, MultiMap headers) {
    if (headroom.requests().isEmpty() && headroom.tokens().isEmpty()) {
      return;
    }
    headroom.requests().ifPresent(rate -> standard(REQUESTS, rate, headers));
    headroom.tokens().ifPresent(rate -> standard(TOKENS, rate, headers));
    switch (dialect) {
      case ANTHROPIC -> {
        anthropic(REQUESTS, headroom.requests(), now, headers);
        anthropic(TOKENS, headroom.tokens(), now, headers);
      }
      case OPENAI, GEMINI -> {
        openAi(REQUESTS, headroom.requests(), headers);
        openAi(TOKENS, headroom.tokens(), headers);
      }
    }
  }

  private static void standard(String name, Headroom.Rate rate, MultiMap headers) {
    // On every answer: joined, as a format is read anew each time.
    headers.add("ratelimit-policy", '"' + name + "\";q=" + rate.limit() + ";w=" + MINUTE_SECONDS);
    headers.add(
        "ratelimit", '"' + name + "\";r=" + rate.remaining() + ";t=" + seconds(rate.reset()));
  }

  private static void anthropic(
      String name, Optional<Headroom.Rate> rate, Instant now, MultiMap headers) {
    if (rate.isPresent()) {
      String prefix = "anthropic-ratelimit-" + name;
      headers.set(prefix + "-limit", Long.toString(rate.get().limit()));
      headers.set(prefix + "-remaining", Long.toString(rate.get().remaining()));
      headers.set(
          prefix + "-reset",
          now.plus(rate.get().reset()).truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }

  private static void openAi(String name, Optional<Headroom.Rate> rate, MultiMap headers) {
    if (rate.isPresent()) {
      headers.set("x-ratelimit-limit-" + name, Long.toString(rate.get().limit()));
      headers.set("x-ratelimit-remaining-" + name, Long.toString(rate.get().remaining()));
      headers.set("x-ratelimit-reset-" + name, rate.get().reset().toMillis() + "ms");
    }
  }

  private static long seconds(Duration time) {
    return Math.ceilDiv(time.toMillis(), 1000L);
  }
}
