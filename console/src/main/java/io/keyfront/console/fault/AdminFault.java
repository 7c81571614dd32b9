package io.keyfront.console.fault;

import java.util.Optional;

/** Everything the admin API can refuse. The sentence names the fix and holds no secret. */
public sealed interface AdminFault permits CallFault, TokenFault, FieldFault, LedgerFault {
  /** Public name, {@code lower_snake_case}; stable. */
  String code();

  /** HTTP status, 400 to 599. */
  int status();

  /** The public sentence. */
  String message();

  /** The field of the body or query that is wrong, where it is one. */
  default Optional<String> field() {
    return Optional.empty();
  }

  /** This fault as the exception that carries it. */
  default AdminRefused refused() {
    return new AdminRefused(this);
  }
}
