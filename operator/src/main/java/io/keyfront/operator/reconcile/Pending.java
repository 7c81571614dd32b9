package io.keyfront.operator.reconcile;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.apply.Triggers;
import io.keyfront.operator.observe.ObjectName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is to be looked at again when a proxy says what it runs: those that are not ready yet at
 * once, all others by and by.
 */
public final class Pending {
  private final Map<Kind, Set<ObjectName>> waiting = new EnumMap<>(Kind.class);
  private final Deque<Map.Entry<Kind, ObjectName>> sweep = new ArrayDeque<>();

  public Pending() {
    for (Kind kind : Kind.values()) {
      waiting.put(kind, ConcurrentHashMap.newKeySet());
    }
  }

  void waits(Kind kind, ObjectName name, boolean does) {
    Set<ObjectName> ofKind = Objects.requireNonNull(waiting.get(kind));
    if (does) {
      ofKind.add(name);
    } else {
      ofKind.remove(name);
    }
  }

  /** A proxy said something new. */
  public void heard(Triggers triggers) {
    waiting.forEach((kind, names) -> names.forEach(name -> triggers.reconcile(kind, name)));
  }

  /** Everything of a kind is to be looked at. */
  public synchronized void sweep(Kind kind, Set<ObjectName> names) {
    names.forEach(name -> sweep.add(Map.entry(kind, name)));
  }

  /** Takes up some of what is left to be looked at. */
  public synchronized void next(int most, Triggers triggers) {
    for (int i = 0; i < most && !sweep.isEmpty(); i++) {
      Map.Entry<Kind, ObjectName> one = sweep.remove();
      triggers.reconcile(one.getKey(), one.getValue());
    }
  }
}
