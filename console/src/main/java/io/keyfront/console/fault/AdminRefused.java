package io.keyfront.console.fault;

/** Ends an admin call with a fault. Carries no stack trace, as it is no bug. */
public final class AdminRefused extends RuntimeException {
  private final transient AdminFault fault;

  public AdminRefused(AdminFault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  public AdminFault fault() {
    return fault;
  }
}
