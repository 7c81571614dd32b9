package io.keyfront.operator;

import io.keyfront.operator.serve.StatusServer.Answer;
import java.util.Set;
import java.util.TreeSet;

/** What the kubelet, and whoever wonders why an operator does nothing, is answered. */
final class Probes {
  private final Leadership leadership;
  private final LeaseAccess access;
  private final Sight sight;
  private final Controllers controllers;
  private final Watches watches;

  Probes(
      Leadership leadership,
      LeaseAccess access,
      Sight sight,
      Controllers controllers,
      Watches watches) {
    this.leadership = leadership;
    this.access = access;
    this.sight = sight;
    this.controllers = controllers;
    this.watches = watches;
  }

  Answer health() {
    boolean alive = leadership.isAlive();
    return new Answer(alive, alive ? "ok" : "a thread ended that should not");
  }

  Answer readiness() {
    boolean ready = sight.once() && !leadership.isEnding() && sight.now();
    String role = leadership.isHeld() ? "leads" : "stands by";
    return new Answer(ready, ready ? role : unready());
  }

  private String unready() {
    if (leadership.isEnding()) {
      return "ends";
    }
    return access
        .waitsFor()
        .map(why -> "waits to begin: " + why)
        .orElseGet(() -> "not everything was seen yet: " + String.join(", ", unseen()));
  }

  private Set<String> unseen() {
    Set<String> unseen = new TreeSet<>(controllers.unseen());
    unseen.addAll(watches.unseen());
    return unseen;
  }
}
