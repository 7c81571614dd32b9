package io.keyfront.operator.plan;

import io.keyfront.compiler.resource.Kind;
import io.keyfront.operator.observe.ObjectName;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What every object came to: written by the rounds, read by the reconcilers. */
public final class Plans {
  private final Map<Kind, Map<ObjectName, Planned>> all = new EnumMap<>(Kind.class);

  public Plans() {
    for (Kind kind : Kind.values()) {
      all.put(kind, new ConcurrentHashMap<>());
    }
  }

  public Optional<Planned> get(Kind kind, ObjectName name) {
    return Optional.ofNullable(of(kind).get(name));
  }

  public void put(Kind kind, ObjectName name, Planned planned) {
    of(kind).put(name, planned);
  }

  public void remove(Kind kind, ObjectName name) {
    of(kind).remove(name);
  }

  public Set<ObjectName> names(Kind kind) {
    return of(kind).keySet();
  }

  private Map<ObjectName, Planned> of(Kind kind) {
    return Objects.requireNonNull(all.get(kind));
  }
}
