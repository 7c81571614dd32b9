package io.keyfront.cli.serve;

import io.keyfront.dataplane.DataplaneOptions;
import io.keyfront.ledger.local.Fsync;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of {@code keyfront serve}.
 *
 * @param listen where agents call
 * @param management where health, metrics and the admin API are
 * @param ledger {@code local}, or the URI of a Redis, which may hold a password
 * @param ledgerCa a PEM file of certificate authorities to trust for that Redis, instead of the
 *     system's
 * @param fsync when the journal of the ledger {@code local} is forced to the disk
 * @param home the home folder
 * @param resources the folder of resource files, if there is one
 * @param snapshot where a configuration that the operator compiled comes from; absent for a
 *     standalone server
 * @param snapshotCache where the parts that were taken from Secrets are kept for the next start
 * @param tokenReview how old the API server's word on a ServiceAccount's token may be; absent: it
 *     is not asked
 * @param maxBodyBytes the largest request body of an agent
 * @param trustedHops how many proxies stand in front; absent leaves it to KeyfrontSettings
 * @param eventLoops threads that serve connections; absent is one per processor
 * @param upstreamCa a PEM file of certificate authorities to trust for providers, beside the
 *     system's
 * @param tls PEM files of what agents see; absent: they connect in the clear
 * @param drainGrace how long calls are still taken after the server is no longer ready
 * @param drainTimeout how long calls in flight may take to end when the server stops
 */
public record ServeOptions(
    ListenAddress listen,
    ListenAddress management,
    String ledger,
    Optional<Path> ledgerCa,
    Fsync fsync,
    Path home,
    Optional<Path> resources,
    Optional<SnapshotSource> snapshot,
    Optional<Path> snapshotCache,
    Optional<Duration> tokenReview,
    long maxBodyBytes,
    OptionalInt trustedHops,
    OptionalInt eventLoops,
    Optional<Path> upstreamCa,
    Optional<DataplaneOptions.Tls> tls,
    Duration drainGrace,
    Duration drainTimeout,
    LogFormat logFormat) {

  /** How many threads serve connections. */
  int eventLoopThreads() {
    return eventLoops.orElse(Runtime.getRuntime().availableProcessors());
  }

  /** Where an agent of this machine calls, once the port is known. */
  URI agents(int boundPort) {
    return listen.url(tls.isPresent() ? "https" : "http", boundPort);
  }

  DataplaneOptions dataplane() {
    DataplaneOptions.Bounds usual = DataplaneOptions.Bounds.DEFAULT;
    return new DataplaneOptions(
        new DataplaneOptions.Address(listen.host(), listen.port()),
        new DataplaneOptions.Address(management.host(), management.port()),
        eventLoopThreads(),
        new DataplaneOptions.Bounds(
            maxBodyBytes,
            Math.max(usual.bodiesBytes(), maxBodyBytes),
            usual.headerBytes(),
            usual.connections()),
        DataplaneOptions.Timeouts.DEFAULT,
        upstreamCa,
        tls);
  }
}
