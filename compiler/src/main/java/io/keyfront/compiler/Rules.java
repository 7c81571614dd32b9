package io.keyfront.compiler;

import java.util.Set;

/**
 * What differs between a cluster and a laptop.
 *
 * @param loopbackAllowed whether an endpoint may be on this machine, also over plain http
 * @param homeNamespaces the namespaces whose aliases apply to every token, and where the settings
 *     are read
 */
public record Rules(boolean loopbackAllowed, Set<String> homeNamespaces) {
  /** The namespace of the operator. */
  public static final String SYSTEM_NAMESPACE = "keyfront-system";

  public static final Rules CLUSTER = new Rules(false, Set.of(SYSTEM_NAMESPACE));
  public static final Rules STANDALONE = new Rules(true, Set.of(SYSTEM_NAMESPACE, "default"));

  public Rules {
    homeNamespaces = Set.copyOf(homeNamespaces);
  }
}
