package io.keyfront.core.fault;

/**
 * Everything that can be refused or can fail. One place turns a fault into bytes, in the caller's
 * protocol.
 *
 * <p>The public sentence names the fix and holds no secret; the private detail goes to the log
 * only.
 */
public sealed interface Fault
    permits AuthFault,
        PolicyFault,
        LimitFault,
        RequestFault,
        CapacityFault,
        UpstreamFault,
        InternalFault {
  /** Public name and metric tag, {@code lower_snake_case}; stable. */
  String code();

  FaultKind kind();

  /** HTTP status, 400 to 599. */
  int status();

  /** The public sentence. */
  String message();

  Retry retry();

  /** For the log only. Never a secret, never a prompt. */
  default String detail() {
    return "";
  }
}
