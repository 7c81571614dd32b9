package io.keyfront.operator.plan;

import io.keyfront.core.session.KeyRing;
import io.keyfront.core.session.SigningKey;
import io.keyfront.operator.observe.SigningSecret.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Decides about the keys that sign tokens of format JWT. */
public final class KeyPlanner {
  private static final Duration PUBLISHED_FIRST = Duration.ofMinutes(5);
  private static final int PARTS_OF_LIFETIME = 10;

  private KeyPlanner() {}

  /**
   * The keys and who needs them.
   *
   * @param seen their Secret, where it is there
   * @param needed whether any token is to be signed
   * @param inUse kids of keys that signed what is in force; asked only where a key may go
   * @param lifetime after which a key is followed by a new one
   */
  public record Facts(
      Optional<Seen> seen, boolean needed, Supplier<Set<String>> inUse, Duration lifetime) {}

  public static KeyStep decide(Facts facts, Instant now) {
    Optional<KeyRing> ring = facts.seen.flatMap(Seen::ring);
    if (facts.seen.isEmpty() || ring.isEmpty()) {
      return facts.needed ? new KeyStep.Begin(facts.seen) : new KeyStep.Keep();
    }
    return kept(facts, facts.seen.get(), ring.get(), now);
  }

  private static KeyStep kept(Facts facts, Seen there, KeyRing ring, Instant now) {
    boolean old = !now.isBefore(ring.newest().madeAt().plus(facts.lifetime));
    if (facts.needed && old && !ring.isFull()) {
      return new KeyStep.Rotate(there, ring);
    }
    Set<String> over = replaced(ring, facts.lifetime, now);
    if (!over.isEmpty()) {
      over.removeAll(facts.inUse.get());
    }
    return over.isEmpty() ? new KeyStep.Keep() : new KeyStep.Retire(there, ring.without(over));
  }

  /**
   * The keys that have not signed for a while: what they signed last, here or by an operator that
   * led before, was seen by now.
   */
  private static Set<String> replaced(KeyRing ring, Duration lifetime, Instant now) {
    Duration lead = publishedFirst(lifetime);
    Set<String> over = new TreeSet<>();
    List<SigningKey> keys = ring.keys();
    for (int i = 1; i < keys.size(); i++) {
      Instant signedLast = keys.get(i - 1).madeAt().plus(lead);
      if (!now.isBefore(signedLast.plus(lead))) {
        over.add(keys.get(i).kid());
      }
    }
    return over;
  }

  /**
   * How long a new key is published before it signs, so that every proxy knows it by then: five
   * minutes, or a tenth of its lifetime where that is less.
   */
  public static Duration publishedFirst(Duration lifetime) {
    Duration part = lifetime.dividedBy(PARTS_OF_LIFETIME);
    return part.compareTo(PUBLISHED_FIRST) < 0 ? part : PUBLISHED_FIRST;
  }
}
