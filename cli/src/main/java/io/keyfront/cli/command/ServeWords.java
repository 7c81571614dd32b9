package io.keyfront.cli.command;

import io.keyfront.cli.Surroundings;
import io.keyfront.cli.home.Home;
import io.keyfront.cli.serve.ListenAddress;
import io.keyfront.cli.serve.LogFormat;
import io.keyfront.cli.serve.ServeOptions;
import io.keyfront.cli.serve.SnapshotSource;
import io.keyfront.crds.DurationText;
import io.keyfront.crds.KeyfrontSettingsSpec;
import io.keyfront.dataplane.DataplaneOptions;
import io.keyfront.ledger.local.Fsync;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The options of {@code keyfront serve} as words: those of the command line, else of the
 * environment, else what holds without.
 *
 * @param given on the command line
 */
record ServeWords(Map<ServeOption, String> given, Surroundings around) {
  private static final Pattern REDIS = Pattern.compile("rediss?(-sentinel|-cluster)?://");
  private static final long LEAST_BODY = 1024;
  private static final long MOST_BODY = 1 << 30;

  ServeWords {
    given = Map.copyOf(given);
  }

  /**
   * Understands them.
   *
   * @throws IllegalArgumentException naming the option that is wrong, and what would be right
   */
  ServeOptions options() {
    requireSense();
    return new ServeOptions(
        read(ServeOption.LISTEN, ListenAddress::parse),
        read(ServeOption.MANAGEMENT, ListenAddress::parse),
        read(ServeOption.LEDGER, ServeWords::ledger),
        file(ServeOption.LEDGER_CA),
        read(ServeOption.FSYNC, ServeWords::fsync),
        word(ServeOption.HOME)
            .map(Path::of)
            .orElseGet(() -> Home.defaultFolder(around.environment())),
        path(
            ServeOption.RESOURCES,
            Files::isDirectory,
            "is not a folder. Make it, or name another one."),
        word(ServeOption.SNAPSHOT).map(word -> read(ServeOption.SNAPSHOT, SnapshotSource::parse)),
        word(ServeOption.SNAPSHOT_CACHE).map(Path::of),
        word(ServeOption.TOKEN_REVIEW)
            .map(word -> read(ServeOption.TOKEN_REVIEW, ServeWords::tokenReview)),
        read(ServeOption.MAX_BODY_BYTES, word -> between(word, LEAST_BODY, MOST_BODY)),
        number(ServeOption.TRUSTED_HOPS, 0, KeyfrontSettingsSpec.HOPS_MAX),
        number(ServeOption.EVENT_LOOPS, 1, 256),
        file(ServeOption.UPSTREAM_CA),
        file(ServeOption.TLS_CERTIFICATE)
            .flatMap(
                pem -> file(ServeOption.TLS_KEY).map(key -> new DataplaneOptions.Tls(pem, key))),
        read(ServeOption.DRAIN_GRACE, DurationText::parse),
        read(ServeOption.DRAIN_TIMEOUT, DurationText::parse),
        read(ServeOption.LOG_FORMAT, ServeWords::logFormat));
  }

  /** Options that would silently do nothing are a misunderstanding. */
  private void requireSense() {
    boolean snapshot = word(ServeOption.SNAPSHOT).isPresent();
    require(
        !snapshot || word(ServeOption.RESOURCES).isEmpty(),
        "--snapshot: the operator compiles the resources; leave out --resources, or leave out --snapshot to serve a folder.");
    require(
        word(ServeOption.LEDGER_CA).isEmpty()
            || word(ServeOption.LEDGER).filter(word -> word.startsWith("rediss")).isPresent(),
        "--ledger-ca: it is of use with a Redis that speaks TLS; write rediss:// in --ledger, or leave it out.");
    require(
        word(ServeOption.TLS_CERTIFICATE).isPresent() == word(ServeOption.TLS_KEY).isPresent(),
        "--tls-certificate, --tls-key: one is of no use without the other; give both.");
    boolean watched =
        word(ServeOption.SNAPSHOT).filter(word -> word.startsWith("secrets:")).isPresent();
    require(
        watched || word(ServeOption.TOKEN_REVIEW).isEmpty(),
        "--token-review: there is an API server to ask only with --snapshot secrets:<namespace>; leave it out here.");
    require(
        watched || word(ServeOption.SNAPSHOT_CACHE).isEmpty(),
        "--snapshot-cache: it keeps what comes from --snapshot secrets:<namespace>; leave it out here.");
  }

  private Optional<String> word(ServeOption option) {
    return Optional.ofNullable(given.get(option))
        .or(() -> around.variable(option.variable()))
        .or(() -> Optional.of(option.fallback()).filter(fallback -> !fallback.isEmpty()));
  }

  private <T> T read(ServeOption option, Function<String, T> reader) {
    try {
      return reader.apply(word(option).orElseThrow());
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(option.dashed() + ": " + wrong.getMessage(), wrong);
    }
  }

  private Optional<Path> path(ServeOption option, Predicate<Path> usable, String otherwise) {
    return word(option).isEmpty()
        ? Optional.empty()
        : Optional.of(
            read(
                option,
                word -> {
                  Path path = Path.of(word);
                  require(usable.test(path), path + " " + otherwise);
                  return path;
                }));
  }

  private Optional<Path> file(ServeOption option) {
    return path(option, Files::isReadable, "is not a file that can be read.");
  }

  private OptionalInt number(ServeOption option, int least, int most) {
    return word(option).isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(read(option, word -> (int) between(word, least, most)));
  }

  private static long between(String word, long least, long most) {
    // Nineteen digits may be more than a long.
    boolean number = word.matches("[0-9]{1,18}");
    require(
        number && Long.parseLong(word) >= least && Long.parseLong(word) <= most,
        "'%s' will not do: write %d to %d.".formatted(word, least, most));
    return Long.parseLong(word);
  }

  private static Duration tokenReview(String word) {
    Duration span = DurationText.parse(word);
    require(
        span.compareTo(Duration.ofSeconds(1)) >= 0 && span.compareTo(Duration.ofMinutes(10)) <= 0,
        "'%s' will not do: write 1s to 10m.".formatted(word));
    return span;
  }

  private static String ledger(String word) {
    require(
        word.equals("local") || REDIS.matcher(word).lookingAt(),
        "It is no ledger: leave it out, write local, or the URI of a Redis, like redis://127.0.0.1:6379.");
    return word;
  }

  private static Fsync fsync(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "never" -> Fsync.NEVER;
      case "interval" -> Fsync.INTERVAL;
      case "always" -> Fsync.ALWAYS;
      default ->
          throw new IllegalArgumentException(
              "'" + word + "' will not do: write never or interval or always.");
    };
  }

  private static LogFormat logFormat(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "auto" -> LogFormat.AUTO;
      case "json" -> LogFormat.JSON;
      case "text" -> LogFormat.TEXT;
      default ->
          throw new IllegalArgumentException(
              "'" + word + "' will not do: write json or text or auto.");
    };
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }
}
