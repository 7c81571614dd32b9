package io.keyfront.core.snapshot;

import java.util.Set;

/** Which namespaces' tokens may use something. */
public record NamespaceRule(boolean all, Set<String> names) {
  /** Every namespace. */
  public static final NamespaceRule ALL = new NamespaceRule(true, Set.of());

  public NamespaceRule {
    names = Set.copyOf(names);
  }

  public static NamespaceRule only(String namespace) {
    return new NamespaceRule(false, Set.of(namespace));
  }

  public boolean allows(String namespace) {
    return all || names.contains(namespace);
  }
}
