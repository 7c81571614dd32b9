package io.keyfront.operator;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How an operator is to run.
 *
 * @param namespace its own: the settings and its leader Lease are there
 * @param proxyNamespace where the snapshot's Secrets and the proxies' Leases are
 * @param watchNamespaces empty is all
 * @param serviceUrl where agents call, without a path
 * @param ledger the URI of the shared Redis, to read what was spent; absent reads nothing
 * @param listen for probes and metrics
 * @param leaderElection whether another operator may be running
 * @param secretSelector labels that referenced Secrets must have; absent is any
 * @param loopbackEndpoints whether a provider may be on this machine, over plain http: for tests
 * @param usageTurn how often what was spent is read of each token, at most
 * @param signingKeyLifetime after which a key that signs tokens is followed by a new one
 */
public record OperatorSettings(
    String namespace,
    String proxyNamespace,
    Set<String> watchNamespaces,
    String serviceUrl,
    Optional<String> ledger,
    InetSocketAddress listen,
    boolean leaderElection,
    Optional<String> secretSelector,
    boolean loopbackEndpoints,
    Duration usageTurn,
    Duration signingKeyLifetime) {
  public static final String NAMESPACE = "keyfront-system";
  public static final String PROXY_NAMESPACE = "keyfront";
  public static final String SERVICE_URL = "http://keyfront.keyfront.svc:8787";

  /** How long a key signs tokens, unless something else is said. */
  public static final String SIGNING_KEY_LIFETIME = "30d";

  /** The name of the leader Lease. */
  public static final String LEADER = "keyfront-operator";

  public OperatorSettings {
    watchNamespaces = Set.copyOf(watchNamespaces);
    if (!signingKeyLifetime.isPositive()) {
      throw new IllegalArgumentException("A key that signs must live: give it more than 0s.");
    }
  }
}
