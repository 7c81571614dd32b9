package io.keyfront.ledger.redis;

import io.keyfront.ledger.redis.MendOperation.Told;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether one server's budgets are open. Where all of the ledger is on it, a key there says so to
 * every call; in a cluster that key is in another slot than the accounts, so the gate does. On the
 * link's thread.
 */
final class Door {
  private final Site site;
  private final Pipeline pipeline;
  private final boolean closes;
  private final Duration grace;

  /** The server that arrived: the site may be on its way to another already. */
  private Object where;

  private Gate gate = Gate.OPEN;
  private boolean stranger = true;
  private Duration closing;

  /**
   * @param closes whether budgets are closed at all: there are no marks to wait for otherwise
   */
  Door(Site site, Pipeline pipeline, boolean closes, Duration grace) {
    this.site = site;
    this.pipeline = pipeline;
    this.closes = closes;
    this.grace = grace;
    this.where = site.server();
    this.closing = grace;
  }

  /** A server answers, of which nothing has been asked; what every call says of it from now on. */
  void arrived(long epoch, Optional<Script> fence, Site.Signs signs) {
    where = site.server();
    Gate before = pipeline.gates().of(where);
    // In a cluster it may have been greeted for another of its slots: then it lost nothing.
    boolean greeted =
        !site.isWhole()
            && before != null
            && before.epoch() == epoch
            && before.shutUntil() != Gate.UNTIL_TOLD;
    stranger = !greeted;
    closing = before == null || stranger ? grace : before.shutTime();
    Optional<String> key = closes ? signs.opening() : Optional.empty();
    boolean shut = closes && key.isEmpty();
    gate = new Gate(epoch, key, fence, shut ? Gate.UNTIL_TOLD : Gate.NEVER_SHUT);
    pipeline.gates().enter(where, gate);
  }

  long epoch() {
    return gate.epoch();
  }

  /** Whether this proxy meets the server for the first time in this epoch. */
  boolean isStrangers() {
    return stranger;
  }

  /** For how long budgets are closed, where nobody has said so yet. */
  Duration closing() {
    return closing;
  }

  /**
   * Hears when budgets open.
   *
   * @return for how long they are closed yet, in microseconds; not positive where they are open
   */
  long hears(Told told) {
    long micros = told.numbers().get(1) - told.clock();
    if (!closes) {
      return 0;
    }
    if (!site.isWhole()) {
      long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
      gate = gate.shut(micros > 0 ? until : Gate.NEVER_SHUT);
      pipeline.gates().enter(where, gate);
    }
    return micros;
  }

  /** Whether nobody says any more when budgets are open, though somebody had to. */
  boolean isUnsaid(Told found) {
    return closes && found.numbers().get(1) < 0;
  }
}
