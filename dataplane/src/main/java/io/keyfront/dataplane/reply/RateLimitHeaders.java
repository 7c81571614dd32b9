package io.keyfront.dataplane.reply;

import io.keyfront.core.fault.LimitFault;
import io.keyfront.core.ledger.Headroom;
import io.keyfront.core.provider.Dialect;
import io.keyfront.dataplane.admit.Admitted;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
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
  static final CharSequence CLAMPED = HttpHeaders.createOptimized("x-keyfront-max-output");

  private static final CharSequence POLICY = HttpHeaders.createOptimized("ratelimit-policy");
  private static final CharSequence STANDARD = HttpHeaders.createOptimized("ratelimit");
  private static final Names REQUESTS = Names.of("requests");
  private static final Names TOKENS = Names.of("tokens");
  private static final int MINUTE_SECONDS = 60;

  /** What headers are called that tell of one kind of rate: made once, as text that is encoded. */
  private record Names(String what, Trio openAi, Trio anthropic) {
    static Names of(String what) {
      String openAi = "x-ratelimit-%s-" + what;
      String anthropic = "anthropic-ratelimit-" + what + "-%s";
      return new Names(what, Trio.of(openAi), Trio.of(anthropic));
    }
  }

  private record Trio(CharSequence limit, CharSequence remaining, CharSequence reset) {
    static Trio of(String pattern) {
      return new Trio(
          HttpHeaders.createOptimized(pattern.formatted("limit")),
          HttpHeaders.createOptimized(pattern.formatted("remaining")),
          HttpHeaders.createOptimized(pattern.formatted("reset")));
    }

    void set(Headroom.Rate rate, String end, MultiMap headers) {
      headers.set(limit, Long.toString(rate.limit()));
      headers.set(remaining, Long.toString(rate.remaining()));
      headers.set(reset, end);
    }
  }

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
        fault.what().equals(REQUESTS.what)
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

  private static void standard(Names name, Headroom.Rate rate, MultiMap headers) {
    // On every answer: joined, as a format is read anew each time.
    headers.add(POLICY, '"' + name.what + "\";q=" + rate.limit() + ";w=" + MINUTE_SECONDS);
    headers.add(
        STANDARD, '"' + name.what + "\";r=" + rate.remaining() + ";t=" + seconds(rate.reset()));
  }

  private static void anthropic(
      Names name, Optional<Headroom.Rate> rate, Instant now, MultiMap headers) {
    if (rate.isPresent()) {
      Instant end = now.plus(rate.get().reset()).truncatedTo(ChronoUnit.SECONDS);
      name.anthropic.set(rate.get(), end.toString(), headers);
    }
  }

  private static void openAi(Names name, Optional<Headroom.Rate> rate, MultiMap headers) {
    if (rate.isPresent()) {
      name.openAi.set(rate.get(), rate.get().reset().toMillis() + "ms", headers);
    }
  }

  private static long seconds(Duration time) {
    return Math.ceilDiv(time.toMillis(), 1000L);
  }
}
