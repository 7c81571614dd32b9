package io.keyfront.operator.reconcile;

import io.keyfront.operator.observe.ObjectName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens that wait for the name of a Secret which another token, or somebody else, has: they are
 * looked at when it goes. Safe for use from many threads.
 */
public final class Contested {
  private final Map<ObjectName, ObjectName> wanted = new HashMap<>();
  private final Map<ObjectName, Set<ObjectName>> waiting = new HashMap<>();

  /**
   * @param secret that the token waits for from now on; absent while it waits for none
   */
  synchronized void waits(ObjectName token, Optional<ObjectName> secret) {
    ObjectName before = secret.isPresent() ? wanted.put(token, secret.get()) : wanted.remove(token);
    if (before != null && secret.filter(before::equals).isEmpty()) {
      leave(token, before);
    }
    secret.ifPresent(name -> waiting.computeIfAbsent(name, any -> new HashSet<>(2)).add(token));
  }

  private void leave(ObjectName token, ObjectName secret) {
    Set<ObjectName> others = waiting.get(secret);
    if (others != null && others.remove(token) && others.isEmpty()) {
      waiting.remove(secret);
    }
  }

  /** Who waits for it. */
  public synchronized Set<ObjectName> claimants(ObjectName secret) {
    return Set.copyOf(waiting.getOrDefault(secret, Set.of()));
  }
}
