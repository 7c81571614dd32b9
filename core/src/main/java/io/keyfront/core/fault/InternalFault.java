package io.keyfront.core.fault;

/**
 * Our own bug or failure: 500.
 *
 * @param detail for the log
 */
public record InternalFault(String detail) implements Fault {
  @Override
  public String code() {
    return "internal_error";
  }

  @Override
  public FaultKind kind() {
    return FaultKind.INTERNAL;
  }

  @Override
  public int status() {
    return 500;
  }

  @Override
  public Retry retry() {
    return Retry.UNSAID;
  }

  @Override
  public String message() {
    return "Keyfront failed on this call. Its log has the reason under the request id.";
  }
}
