package io.keyfront.operator.apply;

/** The name under which the operator applies what it writes. */
public final class FieldManager {
  public static final String NAME = "keyfront-operator";

  private FieldManager() {}
}
