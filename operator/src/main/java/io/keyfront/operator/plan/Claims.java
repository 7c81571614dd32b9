package io.keyfront.operator.plan;

import io.keyfront.operator.observe.ObjectName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who claims what, so that all who claim one thing are judged together. */
final class Claims {
  private final Map<String, Set<ObjectName>> claimants = new HashMap<>();
  private final Map<ObjectName, Set<String>> claims = new HashMap<>();

  /** What an object claims from now on; nothing when it is gone. */
  void set(ObjectName name, Set<String> now) {
    Set<String> before = now.isEmpty() ? claims.remove(name) : claims.put(name, Set.copyOf(now));
    if (before != null) {
      before.stream().filter(claim -> !now.contains(claim)).forEach(claim -> drop(claim, name));
    }
    now.forEach(claim -> claimants.computeIfAbsent(claim, one -> new HashSet<>(2)).add(name));
  }

  private void drop(String claim, ObjectName name) {
    Set<ObjectName> others = claimants.get(claim);
    if (others != null && others.remove(name) && others.isEmpty()) {
      claimants.remove(claim);
    }
  }

  Set<ObjectName> claimants(String claim) {
    return claimants.getOrDefault(claim, Set.of());
  }

  /** The names, and all who claim anything that one of them claims. */
  Set<ObjectName> around(Set<ObjectName> names) {
    Set<ObjectName> all = new HashSet<>(names);
    for (ObjectName name : names) {
      for (String claim : claims.getOrDefault(name, Set.of())) {
        all.addAll(claimants(claim));
      }
    }
    return all;
  }
}
