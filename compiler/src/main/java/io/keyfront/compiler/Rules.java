package io.keyfront.compiler;

import java.util.Set;

/**
 * What differs between a cluster and a laptop.
 *
 * @param loopbackAllowed whether an endpoint may be on this machine, also over plain http
 * @param homeNamespaces the namespaces whose aliases apply to every token, and where the settings
 *     are read
 * @param operated whether an operator is there, which keeps signing keys, rotates tokens and knows
 *     the cluster's ServiceAccounts
 */
public record Rules(boolean loopbackAllowed, Set<String> homeNamespaces, boolean operated) {
  /** The namespace of the operator. */
  public static final String SYSTEM_NAMESPACE = "keyfront-system";

  public static final Rules CLUSTER = new Rules(false, Set.of(SYSTEM_NAMESPACE), true);
  public static final Rules STANDALONE =
      new Rules(true, Set.of(SYSTEM_NAMESPACE, "default"), false);

  public Rules {
    homeNamespaces = Set.copyOf(homeNamespaces);
  }
}
