package io.keyfront.core.fault;

import java.time.Instant;

/** The caller could not be identified: 401, terminal. */
public sealed interface AuthFault extends Fault {
  @Override
  default FaultKind kind() {
    return FaultKind.POLICY;
  }

  @Override
  default int status() {
    return 401;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /** No credential in any of the accepted places. */
  record MissingToken() implements AuthFault {
    @Override
    public String code() {
      return "missing_authorization";
    }

    @Override
    public String message() {
      return "No token was sent. Put a Keyfront token in Authorization: Bearer, x-api-key, x-goog-api-key or api-key.";
    }
  }

  /**
   * Unknown, badly signed, or not meant for us; the caller never learns which.
   *
   * @param detail which check failed
   */
  record InvalidToken(String detail) implements AuthFault {
    @Override
    public String code() {
      return "invalid_token";
    }

    @Override
    public String message() {
      return "This token is not known here. Ask its owner for a valid one: keyfront token create NAME --scope PROVIDER:MODEL.";
    }
  }

  /** Past its end. */
  record ExpiredToken(Instant at) implements AuthFault {
    @Override
    public String code() {
      return "token_expired";
    }

    @Override
    public String message() {
      return "This token expired at " + at + ". Ask its owner for a new one.";
    }
  }

  /** Taken back. */
  record RevokedToken() implements AuthFault {
    @Override
    public String code() {
      return "token_revoked";
    }

    @Override
    public String message() {
      return "This token was revoked. Ask its owner for a new one.";
    }
  }

  /**
   * A genuine ServiceAccount token that no MachineToken names.
   *
   * @param namespace of the ServiceAccount
   * @param name of the ServiceAccount
   */
  record UnknownServiceAccount(String namespace, String name) implements AuthFault {
    @Override
    public String code() {
      return "unknown_service_account";
    }

    @Override
    public String message() {
      return "No MachineToken names the ServiceAccount %s/%s. Add one in namespace %s with format: ServiceAccount and serviceAccountName: %s."
          .formatted(namespace, name, namespace, name);
    }
  }

  /**
   * Genuine, but not meant for Keyfront.
   *
   * @param audience what would be right
   */
  record WrongAudience(String audience) implements AuthFault {
    @Override
    public String code() {
      return "wrong_audience";
    }

    @Override
    public String message() {
      return "This token is genuine but not meant for Keyfront. Use one whose audience is %s: a projected serviceAccountToken volume with audience: %s."
          .formatted(audience, audience);
    }
  }

  /**
   * A ServiceAccount token that is genuine, but that the API server no longer vouches for.
   *
   * @param namespace of the ServiceAccount
   * @param name of the ServiceAccount
   */
  record ServiceAccountGone(String namespace, String name) implements AuthFault {
    @Override
    public String code() {
      return "service_account_gone";
    }

    @Override
    public String message() {
      return "The cluster no longer vouches for this token: the pod that it was made for, or the ServiceAccount %s/%s, is gone. Use the token of a pod that runs, and read its file for each call."
          .formatted(namespace, name);
    }
  }
}
