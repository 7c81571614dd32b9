package io.keyfront.ledger.redis;

import io.keyfront.ledger.mark.Marks;
import io.keyfront.ledger.mark.Sighting;
import io.keyfront.ledger.redis.MendOperation.Told;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** What this proxy knows that a site has: up to which sign of life it has heard everything. */
final class Remembered {
  private final Marks marks;

  /** This proxy's name on the site, the same after its restart. */
  private final String proxy;

  /** Empty before the site first had all. */
  private Optional<Sighting> known;

  Remembered(Marks marks, Site site) {
    this.marks = marks;
    this.known = marks.seen(site.name());
    this.proxy = known.map(Sighting::proxy).orElseGet(() -> Sighting.named(name(), site.name()));
  }

  private static String name() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  String proxy() {
    return proxy;
  }

  boolean isEmpty() {
    return known.isEmpty();
  }

  /** Whether it was a server of another epoch that had all. */
  boolean isOfAnother(long epoch) {
    return known.isPresent() && known.get().epoch() != epoch;
  }

  /** Whether what this proxy was told is there is not there. */
  boolean misses(Told found) {
    return known.isPresent() && known.get().beat() > found.first();
  }

  /** Whether nothing was told after the last sign of life. */
  boolean isLast() {
    return known.isPresent() && known.get().last();
  }

  /** The last sign of life; 0 for none. */
  long beat() {
    return known.map(Sighting::beat).filter(any -> any > 0).orElse(0L);
  }

  /** How old the data is that was found. */
  String age(Told found) {
    return found.first() < 0
        ? "it knows nothing of this server"
        : "what it has is %d ms older than what it had acknowledged"
            .formatted((beat() - found.first()) / 1000);
  }

  /** The server has all that this proxy knows, and no later sign of life than this. */
  void has(long epoch, long beat) {
    known = Optional.of(new Sighting(proxy, epoch, beat, false));
  }

  /** A sign of life was acknowledged. */
  void saw(long epoch, Told found, boolean last) {
    Sighting seen = new Sighting(proxy, epoch, Math.max(found.clock(), found.first() + 1), last);
    known = Optional.of(seen);
    marks.saw(seen);
  }
}
