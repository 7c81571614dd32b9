package io.keyfront.core.fault;

import io.keyfront.core.scope.Scope;
import io.keyfront.core.scope.Target;

/** The caller is known and may not: 403, terminal. */
public sealed interface PolicyFault extends Fault {
  @Override
  default FaultKind kind() {
    return FaultKind.POLICY;
  }

  @Override
  default int status() {
    return 403;
  }

  @Override
  default Retry retry() {
    return Retry.NEVER;
  }

  /** The target after aliasing is outside of the token's scope. */
  record ScopeDenied(Target target, Scope scope) implements PolicyFault {
    @Override
    public String code() {
      return "scope_denied";
    }

    @Override
    public String message() {
      return "Model %s is outside this token's scope (%s). Ask its owner to add %s, or use a model in scope: GET /v1/self lists them."
          .formatted(target, scope, target);
    }
  }

  /** The client's address is not in the token's list. */
  record AddressDenied(String address) implements PolicyFault {
    @Override
    public String code() {
      return "address_denied";
    }

    @Override
    public String message() {
      return "This token may not be used from "
          + address
          + ". Ask its owner to add the address to its CIDR list.";
    }
  }

  /** An admin JWT without the right. */
  record AdminRequired() implements PolicyFault {
    @Override
    public String code() {
      return "admin_required";
    }

    @Override
    public String message() {
      return "An admin token with the permission usage:read is required here. Ask an administrator for one.";
    }
  }
}
