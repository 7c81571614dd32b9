package io.keyfront.dataplane.reply;

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

  private static final int MINUTE_SECONDS = 60;

  private RateLimitHeaders() {}

  static void set(Admitted admitted, Dialect dialect, Instant now, MultiMap headers) {
    admitted.terms().clampedTo().ifPresent(most -> headers.set(CLAMPED, Long.toString(most)));
    Headroom headroom = admitted.headroom();
    if (headroom.requests().isEmpty() && headroom.tokens().isEmpty()) {
      return;
    }
    headroom.requests().ifPresent(rate -> standard("requests", rate, headers));
    headroom.tokens().ifPresent(rate -> standard("tokens", rate, headers));
    switch (dialect) {
      case ANTHROPIC -> {
        anthropic("requests", headroom.requests(), now, headers);
        anthropic("tokens", headroom.tokens(), now, headers);
      }
      case OPENAI, GEMINI -> {
        openAi("requests", headroom.requests(), headers);
        openAi("tokens", headroom.tokens(), headers);
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
