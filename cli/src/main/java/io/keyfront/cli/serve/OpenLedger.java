package io.keyfront.cli.serve;

import io.keyfront.cli.CommandFailed;
import io.keyfront.core.ledger.Ledger;
import io.keyfront.core.notice.NoticeStore;
import io.keyfront.ledger.local.Fsync;
import io.keyfront.ledger.local.Journal;
import io.keyfront.ledger.local.JournalOptions;
import io.keyfront.ledger.local.JournalUnusable;
import io.keyfront.ledger.local.LocalNotices;
import io.keyfront.ledger.mark.MarkFile;
import io.keyfront.ledger.mark.MarksUnusable;
import io.keyfront.ledger.mark.WrittenMarks;
import io.keyfront.ledger.redis.RedisLedger;
import io.keyfront.ledger.redis.RedisNotices;
import io.keyfront.ledger.redis.RedisRefused;
import io.keyfront.ledger.redis.RedisSettings;
import io.keyfront.ledger.standby.StandbyLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The ledger that a server was told to use: its own, or one that it shares through Redis. */
record OpenLedger(Ledger ledger, NoticeStore notices, Runnable closing) implements AutoCloseable {
  /** The word for the journal in the home folder. */
  static final String LOCAL = "local";

  private static final System.Logger LOG = System.getLogger(OpenLedger.class.getName());

  /** Less than the chart's startup probe waits. */
  private static final Duration IN_A_POD = Duration.ofSeconds(50);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String FOLDER = "ledger";
  private static final String NOTICES = "notices";
  private static final String MARKS = "marks";

  /**
   * Opens the one that the options name; blocks for some seconds at most. To be closed before the
   * loops.
   *
   * @throws CommandFailed when it cannot be used, with what to do about it
   */
  static OpenLedger open(ServeOptions options, EventLoops loops) {
    return open(options, loops, () -> marks(options.home()));
  }

  /**
   * @param marks opens where the marks of a shared ledger last; this ledger closes them
   */
  static OpenLedger open(
      ServeOptions options, EventLoops loops, Supplier<? extends WrittenMarks> marks) {
    return options.ledger().equals(LOCAL)
        ? local(options.fsync(), options.home())
        : shared(options, loops, marks);
  }

  private static OpenLedger local(Fsync fsync, Path home) {
    try {
      Journal journal =
          Journal.open(
              JournalOptions.in(home.resolve(FOLDER)).withFsync(fsync), InstantSource.system());
      LocalNotices notices = LocalNotices.open(home.resolve(NOTICES), InstantSource.system());
      return new OpenLedger(journal.ledger(), notices, () -> close(journal, notices));
    } catch (JournalUnusable unusable) {
      throw new CommandFailed(String.valueOf(unusable.getMessage()));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void close(Journal journal, LocalNotices notices) {
    journal.close();
    try {
      notices.close();
    } catch (IOException unwritable) {
      LOG.log(Level.WARNING, "The file of notices was not closed cleanly.", unwritable);
    }
  }

  /** Asks for the marks and for Redis at the same time, so that a pod is ready sooner. */
  private static OpenLedger shared(
      ServeOptions options, EventLoops loops, Supplier<? extends WrittenMarks> opening) {
    CompletableFuture<WrittenMarks> reading =
        CompletableFuture.supplyAsync(
            opening::get, task -> Thread.ofPlatform().daemon().name("keyfront-marks").start(task));
    try {
      RedisSettings settings = settings(options);
      RedisLedger redis =
          RedisAtStart.await(
              () ->
                  RedisLedger.connect(
                      settings,
                      Clock.systemUTC(),
                      () -> read(reading),
                      news -> LOG.log(Level.WARNING, news.sentence()),
                      loops.spare()),
              options.snapshot().isPresent() ? IN_A_POD : Duration.ZERO,
              PAUSE);
      StandbyLedger ledger = new StandbyLedger(redis, InstantSource.system());
      RedisNotices notices = new RedisNotices(settings);
      return new OpenLedger(
          ledger,
          notices,
          () -> {
            ledger.close();
            notices.close();
            redis.close();
            read(reading).close();
          });
    } catch (RedisRefused | IllegalArgumentException refused) {
      read(reading).close();
      throw new CommandFailed(String.valueOf(refused.getMessage()));
    }
  }

  private static RedisSettings settings(ServeOptions options) {
    RedisSettings settings = RedisSettings.of(options.ledger());
    return options.ledgerCa().map(settings::trusting).orElse(settings);
  }

  /**
   * @throws CommandFailed when they cannot be used
   */
  private static WrittenMarks read(CompletableFuture<WrittenMarks> reading) {
    try {
      return reading.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException why ? why : failure;
    }
  }

  private static MarkFile marks(Path home) {
    try {
      return MarkFile.open(home.resolve(MARKS));
    } catch (MarksUnusable unusable) {
      throw new CommandFailed(String.valueOf(unusable.getMessage()));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public void close() {
    closing.run();
  }
}
