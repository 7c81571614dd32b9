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
    Duration usageTurn) {
  public static final String NAMESPACE = "keyfront-system";
  public static final String PROXY_NAMESPACE = "keyfront";
  public static final String SERVICE_URL = "http://keyfront.keyfront.svc:8787";

  /** The name of the leader Lease. */
  public static final String LEADER = "keyfront-operator";

  public OperatorSettings {
    watchNamespaces = Set.copyOf(watchNamespaces);
  }
}
