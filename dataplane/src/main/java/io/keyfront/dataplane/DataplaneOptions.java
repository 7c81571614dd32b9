package io.keyfront.dataplane;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a dataplane listens and what bounds it keeps.
 *
 * @param agents where agents connect
 * @param management where health, metrics and mounts are
 * @param eventLoops threads that serve calls, 1 or more
 * @param upstreamCa PEM file with certificates to trust beside the runtime's own
 * @param tls what agents see; absent: they connect in the clear
 */
public record DataplaneOptions(
    Address agents,
    Address management,
    int eventLoops,
    Bounds bounds,
    Timeouts timeouts,
    Optional<Path> upstreamCa,
    Optional<Tls> tls) {

  /**
   * PEM files, which may be replaced while they are in use.
   *
   * @param certificate and those that vouch for it, its own first
   * @param key its private key
   */
  public record Tls(Path certificate, Path key) {}

  /** A host and a port; port 0 picks a free one. */
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Sizes that must not be exceeded.
   *
   * @param bodyBytes one request body, decoded
   * @param bodiesBytes all request bodies in memory together
   * @param headerBytes the head of one request
   * @param connections agents' connections per event loop
   */
  public record Bounds(long bodyBytes, long bodiesBytes, int headerBytes, int connections) {
    /** 32 MiB a body, a quarter of the heap for all, 64 KiB a head, 20,000 connections. */
    public static final Bounds DEFAULT =
        new Bounds(
            32L << 20, Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4), 64 << 10, 20_000);
  }

  /**
   * Times that must not be exceeded.
   *
   * @param body a request body arrives within
   * @param connect a provider accepts a connection within
   * @param silence a provider is silent at most so long, before its answer or within it
   * @param idle a connection without a call is closed after
   */
  public record Timeouts(Duration body, Duration connect, Duration silence, Duration idle) {
    /** 30 s, 10 s, 10 min, 75 s. */
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(75));
  }

  /** Loopback, the default ports, one event loop per core. */
  public static final DataplaneOptions DEFAULT =
      new DataplaneOptions(
          new Address("127.0.0.1", 8787),
          new Address("127.0.0.1", 8788),
          Runtime.getRuntime().availableProcessors(),
          Bounds.DEFAULT,
          Timeouts.DEFAULT,
          Optional.empty(),
          Optional.empty());

  public DataplaneOptions withPorts(int agentsPort, int managementPort) {
    return new DataplaneOptions(
        new Address(agents.host(), agentsPort),
        new Address(management.host(), managementPort),
        eventLoops,
        bounds,
        timeouts,
        upstreamCa,
        tls);
  }

  public DataplaneOptions withBounds(Bounds other) {
    return new DataplaneOptions(agents, management, eventLoops, other, timeouts, upstreamCa, tls);
  }

  public DataplaneOptions withTimeouts(Timeouts other) {
    return new DataplaneOptions(agents, management, eventLoops, bounds, other, upstreamCa, tls);
  }

  public DataplaneOptions withUpstreamCa(Path pem) {
    return new DataplaneOptions(
        agents, management, eventLoops, bounds, timeouts, Optional.of(pem), tls);
  }

  public DataplaneOptions withTls(Tls pem) {
    return new DataplaneOptions(
        agents, management, eventLoops, bounds, timeouts, upstreamCa, Optional.of(pem));
  }
}
