package io.keyfront.core.fault;

import java.time.Duration;

/** No room now: 503 with Retry-After. */
public sealed interface CapacityFault extends Fault {
  @Override
  default FaultKind kind() {
    return FaultKind.CAPACITY;
  }

  @Override
  default int status() {
    return 503;
  }

  @Override
  default Retry retry() {
    return new Retry.After(Duration.ofSeconds(1));
  }

  /** The proxy is stopping. */
  record Draining() implements CapacityFault {
    @Override
    public String code() {
      return "draining";
    }

    @Override
    public String message() {
      return "This proxy is stopping. Send the call again.";
    }
  }

  /** The proxy has no configuration yet: it cannot tell whose token is good. */
  record Starting() implements CapacityFault {
    @Override
    public String code() {
      return "starting";
    }

    @Override
    public String message() {
      return "This proxy has no configuration yet. Send the call again in a moment.";
    }
  }

  /** The bodies in memory would exceed their bound. */
  record BodiesFull(long limitBytes) implements CapacityFault {
    @Override
    public String code() {
      return "proxy_full";
    }

    @Override
    public String message() {
      return "The proxy holds as many request bytes as it may (%d). Send the call again in a moment."
          .formatted(limitBytes);
    }
  }

  /** More connections than may be. */
  record ConnectionsFull(int limit) implements CapacityFault {
    @Override
    public String code() {
      return "connections_full";
    }

    @Override
    public String message() {
      return "The proxy has as many connections as it may (%d for each event loop). Send the call again in a moment, or over a connection that is open."
          .formatted(limit);
    }
  }

  /** The ledger does not answer and the token's mode is Deny. */
  record LedgerUnavailable(String detail) implements CapacityFault {
    @Override
    public String code() {
      return "ledger_unavailable";
    }

    @Override
    public String message() {
      return "Spend cannot be checked at the moment. Send the call again in a moment.";
    }
  }
}
