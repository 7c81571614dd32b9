package io.keyfront.console.fault;

import java.util.Optional;

/** A field of the request is wrong. */
public sealed interface FieldFault extends AdminFault {
  /** The field's name. */
  String name();

  @Override
  default int status() {
    return 422;
  }

  @Override
  default Optional<String> field() {
    return Optional.of(name());
  }

  /** The value is not what the field takes. */
  record Invalid(String name, String message) implements FieldFault {
    @Override
    public String code() {
      return "invalid_field";
    }
  }

  /** Nobody knows such a field; dropping it silently could drop a limit. */
  record Unknown(String name, String known) implements FieldFault {
    @Override
    public String code() {
      return "unknown_field";
    }

    @Override
    public String message() {
      return "There is no field '%s' here. %s"
          .formatted(name, known.isEmpty() ? "This call takes none." : "Known are: " + known + ".");
    }
  }

  /** The field exists in the plan, not in this version. */
  record Unsupported(String name) implements FieldFault {
    @Override
    public String code() {
      return "not_supported_yet";
    }

    @Override
    public String message() {
      return "'%s' is not supported yet, and a token without it would be wider than you asked. Leave it out to make the token anyway."
          .formatted(name);
    }
  }
}
