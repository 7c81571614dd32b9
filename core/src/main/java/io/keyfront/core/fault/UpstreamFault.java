package io.keyfront.core.fault;

import java.time.Instant;

/** The provider, or the way to it, failed. */
public sealed interface UpstreamFault extends Fault {
  @Override
  default FaultKind kind() {
    return FaultKind.UPSTREAM;
  }

  @Override
  default int status() {
    return 502;
  }

  @Override
  default Retry retry() {
    return Retry.UNSAID;
  }

  /** No credential serves the target for this token. */
  record CredentialUnavailable(String provider) implements UpstreamFault {
    @Override
    public String code() {
      return "credential_unavailable";
    }

    @Override
    public Retry retry() {
      return Retry.NEVER;
    }

    @Override
    public String message() {
      return "No upstream credential is configured for provider %s. Set its API key variable before keyfront serve, or add a ProviderCredential."
          .formatted(provider);
    }
  }

  /** All credentials that serve the target have ended, the last of them at {@code end}. */
  record CredentialExpired(String provider, Instant end) implements UpstreamFault {
    @Override
    public String code() {
      return "credential_expired";
    }

    @Override
    public Retry retry() {
      return Retry.NEVER;
    }

    @Override
    public String message() {
      return "The upstream credential for provider %s expired at %s. Put a new key into its Secret and a later expiresAt into the ProviderCredential."
          .formatted(provider, end);
    }
  }

  /** No connection could be made; nothing was sent. */
  record Unreachable(String provider, String detail) implements UpstreamFault {
    @Override
    public String code() {
      return "upstream_unreachable";
    }

    @Override
    public String message() {
      return "Provider "
          + provider
          + " could not be reached. Check its endpoint and the network, then send the call again.";
    }
  }

  /** The connection broke before or within the answer. */
  record Reset(String provider, String detail) implements UpstreamFault {
    @Override
    public String code() {
      return "upstream_reset";
    }

    @Override
    public String message() {
      return "Provider "
          + provider
          + " broke the connection before its answer was complete. Send the call again.";
    }
  }

  /** The answer cannot be passed on. */
  record BadReply(String provider, String detail) implements UpstreamFault {
    @Override
    public String code() {
      return "upstream_bad_reply";
    }

    @Override
    public String message() {
      return "Provider "
          + provider
          + " sent an answer that cannot be read. Send the call again; the proxy's log has the reason under the request id.";
    }
  }

  /** No answer, or silence within one, for too long. */
  record TimedOut(String provider, long seconds) implements UpstreamFault {
    @Override
    public String code() {
      return "upstream_timeout";
    }

    @Override
    public int status() {
      return 504;
    }

    @Override
    public String message() {
      return "Provider " + provider + " sent nothing for " + seconds + " s. Send the call again.";
    }
  }
}
