package io.keyfront.ledger.redis;

import io.keyfront.core.ledger.Account;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Redis is, and as whom to speak to it.
 *
 * @param uri {@code redis://host:6379/0}, {@code rediss://} with TLS, {@code
 *     redis-sentinel://host1:26379,host2:26379/0#master}, {@code redis-cluster://host1:6379,host2}
 *     or {@code rediss-cluster://}; may carry {@code user:password@}
 * @param user of Redis' access control list; absent for the default user
 * @param password instead of one in the URI
 * @param trusted certificates of authorities to trust instead of the system's, PEM; only with TLS
 * @param grace for how long budgets are closed after a loss of data, so that every proxy that is
 *     alive can tell what is missing: longer than a proxy needs to come back
 * @param rules the same for every proxy of one Redis; the memory is at least a minute
 */
public record RedisSettings(
    String uri,
    Optional<String> user,
    Optional<String> password,
    Optional<Path> trusted,
    Duration grace,
    Account.Rules rules) {
  private static final Pattern LEASE = Pattern.compile("\\?lease=([1-9]\\d{0,3})s$");
  private static final String TLS = "rediss";
  private static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * @throws IllegalArgumentException when ended calls would be remembered too shortly, or when
   *     certificates are given for a connection without TLS
   */
  public RedisSettings {
    if (trusted.isPresent() && !uri.startsWith(TLS)) {
      throw new IllegalArgumentException(
          "A certificate authority vouches for nobody without TLS: write rediss:// instead of redis://, or leave it out.");
    }
    if (rules.memory().toSeconds() < 60) {
      throw new IllegalArgumentException(
          "Ended calls are remembered for %s: give a minute or more.".formatted(rules.memory()));
    }
  }

  /**
   * @param uri may say {@code ?lease=15s} at its end: another lease than the default, the same for
   *     every proxy of one Redis
   */
  public static RedisSettings of(String uri) {
    Matcher lease = LEASE.matcher(uri);
    boolean named = lease.find();
    return new RedisSettings(
        named ? uri.substring(0, lease.start()) : uri,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        GRACE,
        named ? leasing(Long.parseLong(lease.group(1))) : Account.Rules.DEFAULT);
  }

  private static Account.Rules leasing(long seconds) {
    return new Account.Rules(Duration.ofSeconds(seconds), Account.Rules.DEFAULT.memory(), true);
  }

  /**
   * @throws IllegalArgumentException when the URI names no Redis, with what it should be
   */
  public void requireRedis() {
    RedisAddress.of(this);
  }

  public RedisSettings as(String name, String secret) {
    return new RedisSettings(uri, Optional.of(name), Optional.of(secret), trusted, grace, rules);
  }

  public RedisSettings withPassword(String secret) {
    return new RedisSettings(uri, user, Optional.of(secret), trusted, grace, rules);
  }

  public RedisSettings trusting(Path certificates) {
    return new RedisSettings(uri, user, password, Optional.of(certificates), grace, rules);
  }

  public RedisSettings with(Account.Rules others) {
    return new RedisSettings(uri, user, password, trusted, grace, others);
  }

  public RedisSettings closing(Duration time) {
    return new RedisSettings(uri, user, password, trusted, time, rules);
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "RedisSettings[" + RedisAddress.publicly(uri) + "]";
  }
}
