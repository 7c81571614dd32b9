package io.keyfront.core.fault;

/**
 * Ends a call with a fault. Thrown by the stages, caught in one place; carries no stack trace, as
 * it is no bug.
 */
public final class Refused extends RuntimeException {
  private final transient Fault fault;

  public Refused(Fault fault) {
    super(fault.code(), null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
